import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { listen, stopListening } from '../../src/qontract-server/http/listen.js';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** Text as it is; anything else as JSON. */
  readonly body?: unknown;
}

export interface TestServer {
  /** e.g. `http://127.0.0.1:43817` */
  readonly origin: string;
  /** `METHOD /path?query` of every request so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** An HTTP server on a free port of the loopback interface. */
export async function startTestServer(
  answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>,
): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      requests.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
      const { method = '', headers } = request;
      const { status, body = '' } = await answer({ method, url, headers, body: await text(request) });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    })();
  });
  const origin = await listen(server, { host: '127.0.0.1', port: 0 });
  return { origin, requests, close: () => stopListening(server) };
}
