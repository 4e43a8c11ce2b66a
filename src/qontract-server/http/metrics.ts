import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { Metrics } from './metrics-port.js';
import type { BundleRegistry } from './registry.js';

const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Prometheus metrics under the real server's names, so that its dashboards fit. */
export function createMetrics(bundles: BundleRegistry): Metrics {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  collectDefaultMetrics({ prefix: 'qontract_server_', register: registry });
  new Gauge({ name: 'up', help: '1 = up, 0 = not up', registers }).set(1);
  addBundleGauges(bundles, registers);
  const reloads = new Counter({
    name: 'qontract_server_reloads_total',
    help: 'Number of times that data was loaded',
    registers,
  });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds',
    labelNames: ['status_code', 'method', 'path'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  return {
    requestServed: ({ method, path, status, seconds }) => {
      const statusClass = `${Math.floor(status / 100)}xx`;
      durations.observe({ status_code: statusClass, method, path: path.replace(/:/g, '#') }, seconds);
    },
    dataLoaded: () => {
      reloads.inc();
    },
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

function addBundleGauges(bundles: BundleRegistry, registers: Registry[]): void {
  const count = (): number => bundles.expirations().length;
  const datafiles = new Gauge({
    name: 'qontract_server_datafiles',
    help: 'Number of datafiles for a specific schema',
    labelNames: ['schema'],
    registers,
    collect: () => {
      datafiles.reset();
      for (const [schema, files] of filesPerSchema(bundles)) datafiles.set({ schema }, files);
    },
  });
  const shas = new Gauge({
    name: 'qontract_server_bundle_object_shas',
    help: 'Number of bundles that are served',
    registers,
    collect: () => {
      shas.set(count());
    },
  });
  const cached = new Gauge({
    name: 'qontract_server_bundle_cache_object_shas',
    help: 'Number of bundles that have an expiration time',
    registers,
    collect: () => {
      cached.set(count());
    },
  });
}

/** Counted when somebody looks, not when the data is loaded: start-up is the more precious time. */
function filesPerSchema(bundles: BundleRegistry): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { $schema } of bundles.latest?.bundle.datafiles.values() ?? []) {
    counts.set($schema, (counts.get($schema) ?? 0) + 1);
  }
  return counts;
}
