import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

import { listen, stopListening } from '../../src/qontract-server/http/listen.js';

/** What goes wrong with a request. */
export type Fault =
  /** Answered so; `passed`: after the server has done what was asked. */
  | { readonly kind: 'answer'; readonly status: number; readonly body?: string; readonly passed?: boolean }
  /** The connection breaks; `passed`: after the server has done what was asked. */
  | { readonly kind: 'reset'; readonly passed?: boolean }
  /** No answer ever comes; `passed`: though the server has done what was asked. */
  | { readonly kind: 'silence'; readonly passed?: boolean }
  /** What is answered has other bytes. */
  | { readonly kind: 'spoil' };

const SPOILT_AT = 34;

export interface ProxiedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface FaultyProxy {
  readonly origin: string;
  /** `METHOD /path` of every request so far. */
  readonly requests: string[];
  /** Asked at each request; undefined: all is well. */
  fault: (request: ProxiedRequest) => Fault | undefined | Promise<Fault | undefined>;
  close(): Promise<void>;
}

/**
 * Stands between a client and an HTTP server and breaks what it is told to break.
 *
 * @param options `oneWriteAtATime`: for a server that does not check a condition and write in one go
 */
export async function startFaultyProxy(
  target: string,
  { oneWriteAtATime = false }: { oneWriteAtATime?: boolean } = {},
): Promise<FaultyProxy> {
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = async (request: IncomingMessage, body: Buffer): Promise<Passed> => {
    if (!oneWriteAtATime || request.method === 'GET') return pass(target, request, body);
    const turn = before.then(() => pass(target, request, body));
    before = turn.catch(() => undefined);
    return turn;
  };
  const proxy: FaultyProxy = {
    ...{ origin: '', requests: [], fault: () => undefined, close: () => stopListening(server) },
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request;
      proxy.requests.push(`${method} ${url}`);
      const body = await buffer(request);
      const fault = await proxy.fault({ method, url, headers, body });
      const isPassed = fault === undefined || fault.kind === 'spoil' || fault.passed === true;
      const passed = isPassed ? await inTurn(request, body) : undefined;
      end(response, fault, passed);
    })().catch(() => response.destroy());
  });
  return Object.assign(proxy, { origin: await listen(server, { host: '127.0.0.1', port: 0 }) });
}

interface Passed {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function pass(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Passed> {
  return new Promise((done, fail) => {
    // The host stays as the client has signed it.
    const onward = forward(new URL(url ?? '/', target), { method, headers }, (answer) => {
      const { statusCode: status = 502, headers: given } = answer;
      buffer(answer).then((bytes) => {
        done({ status, headers: given, body: bytes });
      }, fail);
    });
    onward.on('error', fail).end(body);
  });
}

function end(response: ServerResponse, fault: Fault | undefined, passed: Passed | undefined): void {
  switch (fault?.kind) {
    case 'answer':
      response.writeHead(fault.status).end(fault.body);
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'silence':
      break;
    default: {
      const headers = { ...passed?.headers };
      // What is whole is sent with its length.
      delete headers['transfer-encoding'];
      response.writeHead(passed?.status ?? 502, headers);
      response.end(fault === undefined ? passed?.body : passed?.body.map(spoilt));
    }
  }
}

/** A digit in the version of terraform that a state names. */
function spoilt(byte: number, at: number): number {
  return at === SPOILT_AT ? 0x39 : byte;
}
