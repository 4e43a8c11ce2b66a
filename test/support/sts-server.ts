import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

import { listen, stopListening } from '../../src/qontract-server/http/listen.js';

export interface StsUser {
  readonly arn: string;
  readonly account: string;
  readonly userId: string;
  readonly secret: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

export interface StsCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface StsAnswer {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface StsServer {
  /** e.g. `http://127.0.0.1:43817` */
  readonly origin: string;
  readonly calls: StsCall[];
  /** What it answers instead of the truth; undefined: the truth. */
  lie: StsAnswer | undefined;
  close(): Promise<void>;
}

/** As AWS STS writes it. */
export function identityXml({ arn, userId, account }: Pick<StsUser, 'arn' | 'userId' | 'account'>): string {
  return `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>${arn}</Arn>
    <UserId>${userId}</UserId>
    <Account>${account}</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
`;
}

export function errorXml(code: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code></Error></ErrorResponse>`;
}

/** Answers `sts:GetCallerIdentity` with whose key has signed, which it checks by itself as AWS does (Signature Version 4). */
export async function startStsServer(users: ReadonlyMap<string, StsUser>): Promise<StsServer> {
  const calls: StsCall[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request;
      const call = { method, url, headers, body: await text(request) };
      calls.push(call);
      const answer = sts.lie ?? truth(call, users);
      response.writeHead(answer.status, { 'content-type': 'text/xml', ...answer.headers });
      response.end(answer.body);
    })();
  });
  const sts: StsServer = { origin: '', calls, lie: undefined, close: () => stopListening(server) };
  return Object.assign(sts, { origin: await listen(server, { host: '127.0.0.1', port: 0 }) });
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(?<id>\w+)\/(?<day>\d{8})\/(?<region>[\w-]+)\/sts\/aws4_request, SignedHeaders=(?<names>[\w;-]+), Signature=(?<signature>\w+)$/;

function truth({ method, url, headers, body }: StsCall, users: ReadonlyMap<string, StsUser>): StsAnswer {
  const parts = AUTHORIZATION.exec(headers.authorization ?? '')?.groups;
  const { id = '', day = '', region = '', names = '', signature } = parts ?? {};
  const user = users.get(id);
  if (user?.sessionToken !== headers['x-amz-security-token']) return refusal('InvalidClientTokenId');
  if (user === undefined) return refusal('InvalidClientTokenId');
  const date = String(headers['x-amz-date']);
  if (!date.startsWith(day)) return refusal('SignatureDoesNotMatch');
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonical = [method, url, '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${day}/${region}/sts/aws4_request`;
  const key = [day, region, 'sts', 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${user.secret}`));
  const expected = hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex');
  if (signature !== expected) return refusal('SignatureDoesNotMatch');
  return { status: 200, body: identityXml(user) };
}

function refusal(code: string): StsAnswer {
  return { status: 403, body: errorXml(code) };
}

function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
