import type { Metrics } from './metrics-port.js';
import type { BundleRegistry } from './registry.js';

/** prom-client takes longer to import than a small query to answer, so it waits until the server has started. */
const IMPORT_DELAY_MS = 2000;

/** Metrics that may still wait for their import. */
export interface LazyMetrics extends Metrics {
  /** Waits no longer. */
  close(): void;
}

/**
 * Metrics that count from the start but are only put together once somebody asks for them, or the start-up is over,
 * whichever comes first.
 */
export function createLazyMetrics(bundles: BundleRegistry): LazyMetrics {
  let open: () => void = () => undefined;
  const wanted = new Promise<void>((resolve) => {
    open = resolve;
  });
  const metrics = wanted.then(async () => (await import('./metrics.js')).createMetrics(bundles));
  const timer = setTimeout(open, IMPORT_DELAY_MS).unref();
  return {
    requestServed: (request) => {
      void metrics.then((loaded) => {
        loaded.requestServed(request);
      });
    },
    dataLoaded: () => {
      void metrics.then((loaded) => {
        loaded.dataLoaded();
      });
    },
    page: async () => {
      open();
      return (await metrics).page();
    },
    close: () => {
      clearTimeout(timer);
    },
  };
}
