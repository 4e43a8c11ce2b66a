import { createServer } from 'node:http';

import { createApi, type RequestLine } from '../../src/qontract-server/http/api.js';
import { createLazyMetrics } from '../../src/qontract-server/http/lazy-metrics.js';
import { listen, stopListening } from '../../src/qontract-server/http/listen.js';
import { BundleRegistry } from '../../src/qontract-server/http/registry.js';

export interface ApiUnderTest {
  readonly origin: string;
  readonly registry: BundleRegistry;
  /** What a reload answers; set by tests. */
  reload: () => Promise<boolean>;
  readonly requests: RequestLine[];
  readonly failures: unknown[];
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
  const api: ApiUnderTest = {
    origin: await listen(server, { host: '127.0.0.1', port: 0 }),
    registry,
    reload: () => Promise.resolve(true),
    requests,
    failures,
    close: async () => {
      metrics.close();
      await stopListening(server);
    },
  };
  return api;
}
