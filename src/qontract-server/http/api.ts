import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { pageNotFound, RefusedRequest, textAnswer, type Answer } from './answer.js';
import type { ServedRequest } from './metrics-port.js';
import type { BundleRegistry } from './registry.js';
import { createRouter, type Found, type Router } from './router.js';
import { bundleRoutes } from './routes/bundles.js';
import { diffRoutes } from './routes/diff.js';
import { graphqlRoutes } from './routes/graphql.js';
import { operationRoutes, type Operations } from './routes/operations.js';
import { sendAnswer } from './send.js';

/** A request that was answered, for a log. */
export interface RequestLine extends ServedRequest {
  /** As the client sent it. */
  readonly target: string;
}

export interface ApiOptions extends Operations {
  readonly onRequest: (line: RequestLine) => void;
  /** Told of what went wrong inside the server; the client only learns that it did. */
  readonly onFailure: (error: unknown) => void;
}

/** The HTTP interface of the qontract server, as a listener for node's HTTP server. */
export function createApi(options: ApiOptions): RequestListener {
  const { registry } = options;
  const router = createRouter([
    ...graphqlRoutes(registry),
    ...bundleRoutes(registry),
    ...diffRoutes(registry),
    ...operationRoutes(options),
  ]);
  return (request, response) => {
    void serve(request, response, router, options);
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  router: Router,
  { registry, onRequest, onFailure }: ApiOptions,
): Promise<void> {
  const started = process.hrtime.bigint();
  const { method = 'GET', url: target = '/' } = request;
  const found = router.find(method, target);
  try {
    const answer = await answerTo(request, found, router, registry);
    await sendAnswer(response, answer, method === 'HEAD');
  } catch (error) {
    onFailure(error);
    await abandon(response);
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  onRequest({ method, target, path: found?.route.path ?? '*', status: response.statusCode, seconds });
}

/** Tells the client that something failed; after the first byte only a broken connection can say so. */
async function abandon(response: ServerResponse): Promise<void> {
  if (response.headersSent) response.destroy();
  else await sendAnswer(response, textAnswer('Internal Server Error', 500), false);
}

async function answerTo(
  request: IncomingMessage,
  found: Found | undefined,
  router: Router,
  registry: BundleRegistry,
): Promise<Answer> {
  const { method = 'GET', url: target = '/' } = request;
  const [path, search] = splitOnce(target, '?');
  if (registry.latest === undefined && found?.route.withoutData !== true) {
    return textAnswer('No loaded data.', 503);
  }
  if (found === undefined) return answerWithoutRoute(method, path, router);
  try {
    return await found.route.handle({ request, params: found.params, search: new URLSearchParams(search) });
  } catch (error) {
    if (error instanceof RefusedRequest) return error.answer;
    throw error;
  }
}

function answerWithoutRoute(method: string, path: string, router: Router): Answer {
  if (!isWellEncoded(path)) return textAnswer('Bad Request', 400);
  const methods = method === 'OPTIONS' ? router.methodsOf(path).join(', ') : '';
  if (methods === '') return pageNotFound(method, path);
  return { status: 200, headers: { allow: methods, 'content-type': 'text/plain' }, body: methods };
}

function isWellEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
