import { emptyAnswer, jsonAnswer, textAnswer, type Answer } from '../answer.js';
import type { BundleRegistry } from '../registry.js';
import type { Metrics } from '../metrics-port.js';
import type { Route } from '../router.js';

export interface Operations {
  readonly registry: BundleRegistry;
  /** Reads the data again; false when that failed, and what was served is still served. */
  readonly reload: () => Promise<boolean>;
  readonly metrics: Metrics | undefined;
}

/** What operators use: reload, cache, metrics, health. */
export function operationRoutes({ registry, reload, metrics }: Operations): Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      withoutData: true,
      handle: () => ({
        status: 302,
        headers: { location: '/graphql' },
        body: 'Found. Redirecting to /graphql',
      }),
    },
    { method: 'GET', path: '/healthz', handle: () => emptyAnswer() },
    { method: 'GET', path: '/cache', handle: () => jsonAnswer(cacheOf(registry)) },
    {
      method: 'POST',
      path: '/reload',
      withoutData: true,
      handle: async () =>
        (await reload()) ? emptyAnswer() : textAnswer('error parsing bundle, not replacing', 503),
    },
    ...(metrics === undefined ? [] : [metricsRoute(metrics)]),
  ];
}

/** The names are the real server's; its router stack is one router for each bundle. */
function cacheOf(registry: BundleRegistry): object {
  const bundleCache = registry.expirations();
  const bundles = bundleCache.map(({ sha }) => sha);
  return { bundleCache, bundles, routerStack: bundles.length, searchableFields: bundles };
}

function metricsRoute(metrics: Metrics): Route {
  const handle = async (): Promise<Answer> => {
    const { type, text } = await metrics.page();
    return { status: 200, headers: { 'content-type': type }, body: text };
  };
  return { method: 'GET', path: '/metrics', withoutData: true, handle };
}
