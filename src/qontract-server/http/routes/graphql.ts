import { getOperationAST, parse } from 'graphql';

import type { GraphqlRequest } from '../../graphql/engine.js';
import { pageNotFound, type Answer } from '../answer.js';
import { readJsonBody } from '../body.js';
import { badRequest, fromBody, fromSearch, lateBadRequest } from '../graphql-request.js';
import { landingPage } from '../landing-page.js';
import { parseContentType, preferredType } from '../media-type.js';
import type { BundleRegistry, LoadedBundle } from '../registry.js';
import type { Call, Route } from '../router.js';

const ANSWER_TYPES = ['application/json', 'application/graphql-response+json'] as const;

/** Queries: of the latest bundle, and of the one with a checksum. */
export function graphqlRoutes(registry: BundleRegistry): Route[] {
  const latest = (call: Call): Promise<Answer> =>
    answerFrom(registry.latest && registry.use(registry.latest.bundle.sha256), call);
  const bySha = (call: Call): Promise<Answer> => answerFrom(registry.use(call.params['sha'] ?? ''), call);
  return [
    { method: 'any', path: '/graphql', handle: latest },
    { method: 'any', path: '/graphqlsha/:sha', handle: bySha },
    { method: 'any', path: '/graphqlsha/:sha/*', handle: bySha },
  ];
}

async function answerFrom(loaded: LoadedBundle | undefined, call: Call): Promise<Answer> {
  const { method = '', url = '', headers } = call.request;
  if (loaded === undefined) return pageNotFound(method, url.split('?')[0] ?? '');
  if (method !== 'GET' && method !== 'POST') {
    throw badRequest('Apollo Server supports only GET/POST requests.', 405, { allow: 'GET, POST' });
  }
  if (method === 'GET' && prefersPage(headers.accept)) return landingPage(loaded.bundle);
  const request = method === 'GET' ? readSearch(call) : await readBody(call);
  const type = preferredType(headers.accept, ANSWER_TYPES);
  if (type === undefined) {
    const [json, graphql] = ANSWER_TYPES.map((essence) => `${essence}; charset=utf-8`);
    throw badRequest(
      `An 'accept' header was provided for this request which does not accept ${json} or ${graphql}`,
      406,
    );
  }
  const { status, body } = loaded.engine.execute(request);
  return { status, headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }, body };
}

/** A browser asks for HTML; everything else gets JSON. */
function prefersPage(accept: string | undefined): boolean {
  return preferredType(accept, [...ANSWER_TYPES, 'text/html']) === 'text/html';
}

async function readBody({ request }: Call): Promise<GraphqlRequest> {
  return withQuery(fromBody(await readJsonBody(request)));
}

/** GET is for reading: another operation than a query is refused. */
function readSearch({ request, search }: Call): GraphqlRequest {
  const { essence } = parseContentType(request.headers['content-type']);
  if (essence !== '' && essence !== 'application/json') {
    throw badRequest('GET requests may not have a content-type header other than application/json.', 415);
  }
  const graphql = withQuery(fromSearch(search));
  const operation = operationOf(graphql);
  if (operation !== undefined && operation !== 'query') {
    const message = `GET requests only support query operations, not ${operation} operations`;
    throw lateBadRequest(message, 405, { allow: 'POST' });
  }
  return graphql;
}

function withQuery(incoming: Partial<GraphqlRequest>): GraphqlRequest {
  const { query } = incoming;
  if (query !== undefined && query !== '') return { ...incoming, query };
  throw lateBadRequest(
    'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.',
  );
}

/** Undefined when the query cannot be parsed or names no operation: the engine says what is wrong. */
function operationOf({ query, operationName }: GraphqlRequest): string | undefined {
  try {
    return getOperationAST(parse(query), operationName)?.operation;
  } catch {
    return undefined;
  }
}
