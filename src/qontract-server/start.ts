import { createServer, type RequestListener } from 'node:http';

import type { Bundle } from './bundle/bundle.js';
import { createApi, type RequestLine } from './http/api.js';
import { createLazyMetrics } from './http/lazy-metrics.js';
import type { Metrics } from './http/metrics-port.js';
import { listen, stopListening, type ListenAddress } from './http/listen.js';
import { BundleRegistry } from './http/registry.js';
import { warmUp } from './http/warm-up.js';
import { inTurn } from './in-turn.js';
import { loadBundles, type LoadOptions, type LoadOutcome } from './load.js';
import type { BundleSource } from './sources/source.js';
import { watchSource } from './watch/watch-source.js';

/** What the server tells while it runs. */
export interface ServerEvents {
  readonly onRequest?: (line: RequestLine) => void;
  readonly onReload?: (outcome: LoadOutcome) => void;
  /** The data could not be read again; what was served before is still served. */
  readonly onReloadFailure?: (error: unknown) => void;
  /** Something failed inside the server, which goes on. */
  readonly onFailure?: (error: unknown) => void;
}

export interface ServerOptions {
  readonly source: BundleSource;
  /** Without it: a free port of the loopback address. */
  readonly address?: ListenAddress | undefined;
  /** How long a bundle is kept after its last query, in milliseconds. */
  readonly bundleTtl?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Gives up before listening. */
  readonly signal?: AbortSignal | undefined;
  /** Serve `/metrics`. */
  readonly metrics?: boolean | undefined;
  /** Run one query before listening, so that the first client is answered as fast as the next ones. */
  readonly warmUp?: boolean | undefined;
  /** Reload when the source's files change. */
  readonly watch?: boolean | undefined;
  readonly events?: ServerEvents | undefined;
}

export interface QontractServer {
  /** The GraphQL endpoint, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** The latest bundle. */
  readonly bundle: Bundle;
  /** The latest bundle's checksum. */
  readonly sha256: string;
  /** What the bundler found odd when the data was first read. */
  readonly warnings: readonly string[];
  /**
   * Reads the data again.
   *
   * @throws FailedError when it cannot be used; what was served before is still served
   */
  reload(options?: LoadOptions): Promise<LoadOutcome>;
  /** Stops serving. */
  close(): Promise<void>;
}

const LOOPBACK: ListenAddress = { host: '127.0.0.1', port: 0 };

/**
 * Starts a qontract server, which listens once its first bundles are loaded.
 *
 * @throws FailedError when a bundle cannot be used or the address is taken
 */
export async function startQontractServer(options: ServerOptions): Promise<QontractServer> {
  const { source, now, address = LOOPBACK } = options;
  const since = now();
  const registry = new BundleRegistry(now, options.bundleTtl);
  const { warnings } = await loadBundles(source, registry);
  options.signal?.throwIfAborted();
  if (options.warmUp === true) await warmUp(registry);
  const metrics = options.metrics === true ? createLazyMetrics(registry) : undefined;
  metrics?.dataLoaded();
  const reloading = reloadingOf(options, registry, metrics);
  const server = createServer(apiOf(options, registry, metrics, reloading));
  const origin = await listen(server, address);
  const { onFailure = () => undefined } = options.events ?? {};
  const watching =
    options.watch === true
      ? watchSource({ source, since, reload: reloading.tryReload, onFailure })
      : undefined;
  return {
    url: `${origin}/graphql`,
    get bundle() {
      return latestOf(registry);
    },
    get sha256() {
      return latestOf(registry).sha256;
    },
    warnings,
    reload: reloading.reload,
    close: async () => {
      const stopWatching = await watching;
      await Promise.all([stopWatching?.(), stopListening(server)]);
      metrics?.close();
    },
  };
}

interface Reloading {
  readonly reload: (options?: LoadOptions) => Promise<LoadOutcome>;
  /** Reports a failure instead of throwing it; false then. */
  readonly tryReload: (options?: LoadOptions) => Promise<boolean>;
}

function reloadingOf(
  { source, events = {} }: ServerOptions,
  registry: BundleRegistry,
  metrics: Metrics | undefined,
): Reloading {
  const reload = inTurn(async (options?: LoadOptions) => {
    const outcome = await loadBundles(source, registry, options);
    if (outcome.changed) metrics?.dataLoaded();
    events.onReload?.(outcome);
    return outcome;
  });
  const tryReload = async (options?: LoadOptions): Promise<boolean> => {
    try {
      await reload(options);
      return true;
    } catch (error) {
      events.onReloadFailure?.(error);
      return false;
    }
  };
  return { reload, tryReload };
}

function apiOf(
  { events = {} }: ServerOptions,
  registry: BundleRegistry,
  metrics: Metrics | undefined,
  { tryReload }: Reloading,
): RequestListener {
  return createApi({
    registry,
    metrics,
    reload: () => tryReload(),
    onRequest: (line) => {
      metrics?.requestServed(line);
      events.onRequest?.(line);
    },
    onFailure: (error) => events.onFailure?.(error),
  });
}

function latestOf(registry: BundleRegistry): Bundle {
  if (registry.latest === undefined) throw new Error('the source gave no bundle');
  return registry.latest.bundle;
}
