import { createServer } from 'node:http';

import { createApi, type RequestLine } from '../../src/qontract-server/http/api.js';
import { createLazyMetrics } from '../../src/qontract-server/http/lazy-metrics.js';
import { listen, stopListening } from '../../src/qontract-server/http/listen.js';
import { BundleRegistry } from '../../src/qontract-server/http/registry.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface ApiUnderTest {
  readonly origin: string;
  readonly registry: BundleRegistry;
  /** What a reload answers; set by tests. */
  reload: () => Promise<boolean>;
  readonly requests: RequestLine[];
  readonly failures: unknown[];
  ask(path: string, init?: RequestInit): Promise<Reply>;
  /** A POST of JSON to `/graphql`, or to another path. */
  post(body: string | Buffer, headers?: Record<string, string>, path?: string): Promise<Reply>;
  close(): Promise<void>;
}

/** The HTTP interface on a free port, over a registry that the test fills. */
export async function startApi(): Promise<ApiUnderTest> {
  const registry = new BundleRegistry(Date.now);
  const metrics = createLazyMetrics(registry);
  const [requests, failures]: [RequestLine[], unknown[]] = [[], []];
  const server = createServer(
    createApi({
      registry,
      metrics,
      reload: () => api.reload(),
      onRequest: (line) => {
        metrics.requestServed(line);
        requests.push(line);
      },
      onFailure: (error) => failures.push(error),
    }),
  );
  const origin = await listen(server, { host: '127.0.0.1', port: 0 });
  const ask = async (path: string, init: RequestInit = {}): Promise<Reply> => {
    const response = await fetch(origin + path, { redirect: 'manual', ...init });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const api: ApiUnderTest = {
    origin,
    registry,
    reload: () => Promise.resolve(true),
    requests,
    failures,
    ask,
    post: (body, headers = {}, path = '/graphql') =>
      ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }),
    close: async () => {
      metrics.close();
      await stopListening(server);
    },
  };
  return api;
}
