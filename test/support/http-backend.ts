import { createHash } from 'node:crypto';

import { startTestServer, type HttpAnswer, type HttpRequest, type TestServer } from './http-server.js';

/** A server of states as Terraform's `http` backend wants it; it refuses what servers in use refuse. */
export interface HttpBackend extends Omit<TestServer, 'close'> {
  /** What is stored; empty: nothing. May be set, as if somebody else had written it. */
  state: string;
  /** The lock info that somebody has left. */
  lock: string | undefined;
  /** Called before a state is stored. */
  beforeWrite: () => void;
  /** The settings of the backend, without the password. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const USER = 'operator';
export const PASSWORD = 'not-a-real-password';
const AUTHORIZATION = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

/**
 * Starts one with locks and basic authentication.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/http
 */
export async function startHttpBackend(): Promise<HttpBackend> {
  const server = await startTestServer((request) => answer(backend, request));
  const address = `${server.origin}/states/prod`;
  const settings = { address, lock_address: address, unlock_address: address, username: USER };
  const backend: HttpBackend = {
    ...{ origin: server.origin, requests: server.requests, close: () => server.close() },
    ...{ state: '', lock: undefined, settings, beforeWrite: () => undefined },
  };
  return backend;
}

function answer(backend: HttpBackend, request: HttpRequest): HttpAnswer {
  if (request.headers.authorization !== AUTHORIZATION) return { status: 401 };
  switch (request.method) {
    case 'GET':
      return backend.state === '' ? { status: 404 } : { status: 200, body: backend.state };
    case 'POST':
      return write(backend, request);
    case 'LOCK':
      return lock(backend, request);
    case 'UNLOCK':
      return unlock(backend, request);
    default:
      return { status: 405 };
  }
}

/** Who writes has to hold the lock, and says so with its ID. */
function write(backend: HttpBackend, { url, headers, body }: HttpRequest): HttpAnswer {
  const digest = createHash('md5').update(body).digest('base64');
  if (headers['content-md5'] !== undefined && headers['content-md5'] !== digest) return { status: 400 };
  if (backend.lock !== undefined && idOf(backend.lock) !== url.searchParams.get('ID')) {
    return { status: 423, body: backend.lock };
  }
  backend.beforeWrite();
  backend.state = body;
  return { status: 200 };
}

function lock(backend: HttpBackend, { body }: HttpRequest): HttpAnswer {
  if (backend.lock !== undefined) return { status: 423, body: backend.lock };
  backend.lock = body;
  return { status: 200 };
}

/** `force-unlock` says no ID. */
function unlock(backend: HttpBackend, { body }: HttpRequest): HttpAnswer {
  if (backend.lock === undefined) return { status: 404 };
  if (!['', 'null'].includes(body) && idOf(body) !== idOf(backend.lock)) {
    return { status: 409, body: backend.lock };
  }
  backend.lock = undefined;
  return { status: 200 };
}

function idOf(info: string): unknown {
  return (JSON.parse(info) as { ID?: unknown }).ID;
}
