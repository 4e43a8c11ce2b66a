import type { GraphqlRequest } from '../graphql/engine.js';
import { JSON_TYPE, type Answer, RefusedRequest } from './answer.js';

type JsonObject = Record<string, unknown>;

/** A GraphQL request as it came: the query may still be missing. */
export type IncomingQuery = Partial<GraphqlRequest>;

/**
 * The request in a POST body, checked as the real server (Apollo) checks it, in its words.
 *
 * @throws RefusedRequest 400
 */
export function fromBody(body: unknown): IncomingQuery {
  if (Array.isArray(body)) throw badRequest('Operation batching disabled.');
  if (!isObject(body) || Object.keys(body).length === 0) {
    throw badRequest('POST body missing, invalid Content-Type, or JSON object has no keys.');
  }
  const { query, operationName } = body;
  if (query && typeof query !== 'string') throw badRequest('GraphQL queries must be strings.');
  const variables = objectIn(body, 'variables');
  objectIn(body, 'extensions');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw badRequest('`operationName` in a POST body must be a string if provided.');
  }
  return incoming(typeof query === 'string' ? query : undefined, variables, operationName ?? undefined);
}

/**
 * The request in the search part of a GET, checked as the real server (Apollo) checks it, in its words.
 *
 * @throws RefusedRequest 400
 */
export function fromSearch(search: URLSearchParams): IncomingQuery {
  const query = single(search, 'query');
  const operationName = single(search, 'operationName');
  const variables = jsonIn(search, 'variables');
  jsonIn(search, 'extensions');
  return incoming(query, variables, operationName);
}

/** A refusal in GraphQL's form, with Apollo's code for it. */
export function badRequest(
  message: string,
  status = 400,
  headers: Record<string, string> = {},
): RefusedRequest {
  return new RefusedRequest(badRequestAnswer(message, status, headers));
}

/** The same for what Apollo only finds once it has a context: then the answer has `extensions` too. */
export function lateBadRequest(
  message: string,
  status = 400,
  headers: Record<string, string> = {},
): RefusedRequest {
  const extra = { 'cache-control': 'no-store', ...headers };
  return new RefusedRequest(badRequestAnswer(message, status, extra, { extensions: { schemas: [] } }));
}

function badRequestAnswer(
  message: string,
  status: number,
  headers: Record<string, string>,
  more = {},
): Answer {
  const errors = [{ message, extensions: { code: 'BAD_REQUEST' } }];
  return {
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: `${JSON.stringify({ errors, ...more })}\n`,
  };
}

function incoming(
  query: string | undefined,
  variables: JsonObject | undefined,
  operationName: string | undefined,
): IncomingQuery {
  return {
    ...(query === undefined ? {} : { query }),
    ...(variables === undefined ? {} : { variables }),
    ...(operationName === undefined ? {} : { operationName }),
  };
}

function objectIn(body: JsonObject, field: string): JsonObject | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') {
    throw badRequest(
      `\`${field}\` in a POST body should be provided as an object, not a recursively JSON-encoded string.`,
    );
  }
  if (!isObject(value)) throw badRequest(`\`${field}\` in a POST body must be an object if provided.`);
  return value;
}

function single(search: URLSearchParams, name: string): string | undefined {
  const values = search.getAll(name);
  if (values.length > 1) throw badRequest(`The '${name}' search parameter may only be specified once.`);
  return values[0];
}

function jsonIn(search: URLSearchParams, name: string): JsonObject | undefined {
  const text = single(search, name);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest(`The ${name} search parameter contains invalid JSON.`);
  }
  if (isObject(value)) return value;
  throw badRequest(`The ${name} search parameter should contain a JSON-encoded object.`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
