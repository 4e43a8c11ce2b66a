import type { IncomingMessage } from 'node:http';

import createFinder from 'find-my-way';

import type { Answer } from './answer.js';

/** One request, as a route sees it. */
export interface Call {
  readonly request: IncomingMessage;
  /** The named parts of the path; `*` is the rest of it. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly search: URLSearchParams;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'any';
  /** A path with `:name` parts, and at most one `*` at its end; also the route's name in the metrics. */
  readonly path: string;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
  /** Whether it also answers while no bundle is loaded. */
  readonly withoutData?: boolean;
}

export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string | undefined>>;
}

export interface Router {
  /** The route for a request; HEAD is served by the route for GET. */
  find(method: string, target: string): Found | undefined;
  /** The methods for which this target has a route. */
  methodsOf(target: string): string[];
}

/** A checksum has 64 characters; a longer one is still told that there is no such bundle. */
const MAX_PARAM_LENGTH = 4096;

/** A router that takes paths as Express does: letters of any case, and a slash at the end or not. */
export function createRouter(routes: readonly Route[]): Router {
  const finder = createFinder({
    caseSensitive: false,
    ignoreTrailingSlash: true,
    maxParamLength: MAX_PARAM_LENGTH,
  });
  const routeOf = new Map<unknown, Route>();
  for (const route of routes) {
    const key = (): Route => route;
    routeOf.set(key, route);
    if (route.method === 'any') finder.all(route.path, key);
    else finder.on(route.method, route.path, key);
  }
  const find = (method: string, target: string): Found | undefined => {
    const found = isKnownMethod(method) ? finder.find(method === 'HEAD' ? 'GET' : method, target) : null;
    const route = routeOf.get(found?.handler);
    return found === null || route === undefined ? undefined : { route, params: found.params };
  };
  const methodsOf = (target: string): string[] => {
    const methods = ['GET', 'POST'].filter((method) => find(method, target) !== undefined);
    return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  };
  return { find, methodsOf };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;

function isKnownMethod(method: string): method is (typeof METHODS)[number] {
  return METHODS.some((known) => known === method);
}
