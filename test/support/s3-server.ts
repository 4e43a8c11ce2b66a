import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { listen, stopListening } from '../../src/qontract-server/http/listen.js';

/** An object as a made-up S3 keeps it. */
export interface KeptObject {
  readonly bytes: Buffer;
  readonly etag: string;
  /** The headers that S3 keeps with an object. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface S3Server {
  readonly origin: string;
  /** By path, `/bucket/key`. */
  readonly objects: Map<string, KeptObject>;
  /** Everything that was ever written, by path. */
  readonly log: Map<string, Buffer[]>;
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
 * The part of S3 that stores use, with its conditions as S3 has them: each request is done at once and as a whole.
 *
 * @param options `ignores`: conditional headers that this server takes no notice of, as some do
 */
export async function startS3Server({
  ignores = [],
}: { ignores?: readonly string[] } = {}): Promise<S3Server> {
  const objects = new Map<string, KeptObject>();
  const log = new Map<string, Buffer[]>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const headers = { ...request.headers };
      for (const name of ignores) Reflect.deleteProperty(headers, name);
      const answer = answerTo(objects, {
        method: request.method ?? '',
        url: request.url ?? '',
        headers,
        body,
      });
      if (request.method === 'PUT' && answer.status === 200) keep(log, request.url ?? '', body);
      response.writeHead(answer.status, { 'x-amz-request-id': '1', ...answer.headers });
      response.end(request.method === 'HEAD' ? undefined : answer.body);
    })();
  });
  const origin = await listen(server, { host: '127.0.0.1', port: 0 });
  return { origin, objects, log, close: () => stopListening(server) };
}

function keep(log: Map<string, Buffer[]>, url: string, bytes: Buffer): void {
  const { pathname } = new URL(url, 'http://s3');
  const written = log.get(pathname) ?? [];
  log.set(pathname, written);
  written.push(bytes);
}

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function answerTo(objects: Map<string, KeptObject>, { method, url, headers, body }: Asked): Answer {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const now = objects.get(pathname);
  if (searchParams.has('tagging')) return tagsOf(now);
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (now === undefined) return refusal(404, 'NoSuchKey');
      if (isUnmet(headers['if-match'], now)) return refusal(412, 'PreconditionFailed');
      return { status: 200, headers: { ...now.headers, etag: now.etag }, body: now.bytes };
    case 'PUT': {
      if (headers['if-match'] !== undefined && now === undefined) return refusal(404, 'NoSuchKey');
      if (isUnmet(headers['if-match'], now)) return refusal(412, 'PreconditionFailed');
      if (headers['if-none-match'] === '*' && now !== undefined) return refusal(412, 'PreconditionFailed');
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      objects.set(pathname, { bytes: body, etag, headers: keptOf(headers) });
      return { status: 200, headers: { etag } };
    }
    case 'DELETE':
      objects.delete(pathname);
      return { status: 204 };
    default:
      return refusal(405, 'MethodNotAllowed');
  }
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
