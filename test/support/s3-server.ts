import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { tableAnswer } from './lock-table.js';
import { listen, stopListening } from '../../src/qontract-server/http/listen.js';

/** An object as a made-up S3 keeps it. */
export interface KeptObject {
  readonly bytes: Buffer;
  readonly etag: string;
  /** The headers that S3 keeps with an object. */
  readonly headers: Readonly<Record<string, string>>;
  /** In a bucket that keeps versions. */
  readonly versionId?: string;
}

export interface S3Server {
  readonly origin: string;
  /** By path, `/bucket/key`. */
  readonly objects: Map<string, KeptObject>;
  /** Everything that was ever written, by path. */
  readonly log: Map<string, Buffer[]>;
  /** Of the table of locks, by key. */
  readonly items: Map<string, Readonly<Record<string, { readonly S: string }>>>;
  /** Of a bucket that keeps them, by path, the oldest first. */
  readonly versions: Map<string, KeptObject[]>;
  close(): Promise<void>;
}

const KEPT =
  /^(content-(type|language|disposition)|cache-control|x-amz-(meta-.*|server-side-.*|storage-class))$/;

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/**
 * The part of S3, and of DynamoDB, that stores use, with its conditions as S3 has them: each request is done at once and as a whole.
 *
 * @param options `ignores`: conditional headers that this server takes no notice of, as some do; `versioned`: it keeps all
 *   versions of what is put through it
 */
export async function startS3Server({
  ignores = [],
  versioned = false,
}: { ignores?: readonly string[]; versioned?: boolean } = {}): Promise<S3Server> {
  const bucket: Bucket = { objects: new Map(), versions: new Map(), isVersioned: versioned };
  const log = new Map<string, Buffer[]>();
  const items: S3Server['items'] = new Map();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const headers = { ...request.headers };
      const target = headers['x-amz-target'];
      if (typeof target === 'string') {
        const { status, body: text } = tableAnswer(items, target, body);
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
        return;
      }
      for (const name of ignores) Reflect.deleteProperty(headers, name);
      const answer = answerTo(bucket, {
        method: request.method ?? '',
        url: request.url ?? '',
        headers,
        body,
      });
      if (request.method === 'PUT' && answer.status === 200) keep(log, request.url ?? '', body);
      response.writeHead(answer.status, { 'x-amz-request-id': '1', ...answer.headers });
      response.end(request.method === 'HEAD' ? undefined : answer.body);
    })().catch(() => response.destroy());
  });
  const origin = await listen(server, { host: '127.0.0.1', port: 0 });
  const { objects, versions } = bucket;
  return { origin, objects, versions, items, log, close: () => stopListening(server) };
}

function keep(log: Map<string, Buffer[]>, url: string, bytes: Buffer): void {
  const { pathname } = new URL(url, 'http://s3');
  const written = log.get(pathname) ?? [];
  log.set(pathname, written);
  written.push(bytes);
}

interface Bucket {
  readonly objects: Map<string, KeptObject>;
  readonly versions: Map<string, KeptObject[]>;
  readonly isVersioned: boolean;
}

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function answerTo(bucket: Bucket, { method, url, headers, body }: Asked): Answer {
  const { objects } = bucket;
  const { pathname, searchParams } = new URL(url, 'http://s3');
  if (searchParams.has('versions')) return versionsOf(bucket, pathname, searchParams.get('prefix') ?? '');
  const version = searchParams.get('versionId');
  const now =
    version === null
      ? objects.get(pathname)
      : bucket.versions.get(pathname)?.find(({ versionId }) => versionId === version);
  if (searchParams.has('tagging')) return tagsOf(now);
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (now === undefined) return refusal(404, 'NoSuchKey');
      if (isUnmet(headers['if-match'], now)) return refusal(412, 'PreconditionFailed');
      return contentOf(now, headers.range);
    case 'PUT':
      return putTo(bucket, pathname, { now, headers, body });
    case 'DELETE':
      objects.delete(pathname);
      return { status: 204 };
    default:
      return refusal(405, 'MethodNotAllowed');
  }
}

interface Put extends Pick<Asked, 'headers' | 'body'> {
  readonly now: KeptObject | undefined;
}

function putTo(
  { objects, versions, isVersioned }: Bucket,
  path: string,
  { now, headers, body }: Put,
): Answer {
  if (headers['if-match'] !== undefined && now === undefined) return refusal(404, 'NoSuchKey');
  if (isUnmet(headers['if-match'], now)) return refusal(412, 'PreconditionFailed');
  if (headers['if-none-match'] === '*' && now !== undefined) return refusal(412, 'PreconditionFailed');
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const kept = {
    bytes: body,
    etag,
    headers: keptOf(headers),
    ...(isVersioned ? { versionId: randomUUID() } : {}),
  };
  objects.set(path, kept);
  if (isVersioned) versions.set(path, [...(versions.get(path) ?? []), kept]);
  return { status: 200, headers: { etag, ...versionHeader(kept) } };
}

function versionHeader({ versionId }: KeptObject): Readonly<Record<string, string>> {
  return versionId === undefined ? {} : { 'x-amz-version-id': versionId };
}

function contentOf(now: KeptObject, range: string | undefined): Answer {
  const headers = { ...now.headers, ...versionHeader(now), etag: now.etag };
  const [, last] = /^bytes=0-(\d+)$/.exec(range ?? '') ?? [];
  if (last === undefined) return { status: 200, headers, body: now.bytes };
  return { status: 206, headers, body: now.bytes.subarray(0, Number(last) + 1) };
}

/** The newest first, as S3 lists them. */
function versionsOf({ versions }: Bucket, bucket: string, prefix: string): Answer {
  const entries = [...versions].flatMap(([path, all]) => {
    const key = path.slice(bucket.replace(/\/$/, '').length + 1);
    if (!key.startsWith(prefix)) return [];
    return all.toReversed().map(({ versionId, bytes }, index) => {
      const isLatest = `<IsLatest>${String(index === 0)}</IsLatest>`;
      return `<Version><Key>${key}</Key><VersionId>${versionId ?? ''}</VersionId>${isLatest}<Size>${bytes.length}</Size></Version>`;
    });
  });
  const body = `<ListVersionsResult>${entries.join('')}<IsTruncated>false</IsTruncated></ListVersionsResult>`;
  return { status: 200, body };
}

function isUnmet(etag: string | undefined, now: KeptObject | undefined): boolean {
  return etag !== undefined && etag !== now?.etag;
}

function keptOf(headers: IncomingMessage['headers']): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => KEPT.test(name) || name === 'x-amz-tagging');
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function tagsOf(now: KeptObject | undefined): Answer {
  const tags = [...new URLSearchParams(now?.headers['x-amz-tagging'] ?? '')]
    .map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`)
    .join('');
  return { status: 200, body: `<Tagging><TagSet>${tags}</TagSet></Tagging>` };
}

function refusal(status: number, code: string): Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` };
}
