import { getOperationAST, OperationTypeNode } from 'graphql';

import type { Bundle } from '../bundle/bundle.js';
import { createCatalog } from './catalog.js';
import { createDocuments } from './execution/documents.js';
import { requestError, type AnswerError } from './execution/errors.js';
import { executeQuery, type Execution } from './execution/execute.js';
import { createResolvers } from './resolvers.js';
import { createSchema } from './schema.js';

/** A GraphQL request, as an HTTP body or query string gives it. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** Only queries are allowed, as in a GET request. */
  readonly queriesOnly?: boolean;
}

/** What the server answers: the HTTP status, and the JSON text in pieces, so that a long one is never one string. */
export interface GraphqlAnswer {
  readonly status: number;
  readonly body: Iterable<string>;
}

/** Answers GraphQL requests over one bundle, with what the real server (Apollo Server 5) answers. */
export interface GraphqlEngine {
  /** The names of the arguments of a query for datafiles, for each type. */
  readonly searchableFields: ReadonlyMap<string, readonly string[]>;
  /** Does not throw: what is wrong with a request is in its answer. */
  readonly execute: (request: GraphqlRequest) => GraphqlAnswer;
}

/**
 * Makes the engine of a bundle: its GraphQL schema, and the resolvers over its data.
 *
 * @throws FailedError `GraphqlConfInvalid` if no schema can be made, e.g. for an unknown type
 */
export function createEngine(bundle: Bundle): GraphqlEngine {
  const catalog = createCatalog(bundle);
  const resolvers = createResolvers(bundle, catalog);
  const schema = createSchema(bundle, catalog, resolvers);
  const documents = createDocuments(schema);
  return {
    searchableFields: catalog.searchableFields,
    execute: ({ query, variables = {}, operationName, queriesOnly = false }) => {
      if (query === '') return refusal(400, [requestError(NO_QUERY, 'BAD_REQUEST')]);
      const prepared = documents(query);
      if ('errors' in prepared) return refusal(400, prepared.errors);
      const { document } = prepared;
      const operation = getOperationAST(document, operationName);
      if (!operation) return refusal(400, [unresolved(operationName)]);
      if (queriesOnly && operation.operation !== OperationTypeNode.QUERY) {
        return refusal(405, [notAQuery(operation.operation)]);
      }
      return answer(executeQuery({ document, operation, variables }, schema, resolvers));
    },
  };
}

const NO_QUERY = 'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.';

function unresolved(operationName: string | undefined): AnswerError {
  const message =
    operationName === undefined
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named "${operationName}".`;
  return requestError(message, 'OPERATION_RESOLUTION_FAILURE');
}

function notAQuery(kind: OperationTypeNode): AnswerError {
  const message = `GET requests only support query operations, not ${kind} operations`;
  return requestError(message, 'BAD_REQUEST');
}

function refusal(status: number, errors: readonly AnswerError[]): GraphqlAnswer {
  return { status, body: bodyOf({ data: undefined, errors, schemas: [] }) };
}

function answer(execution: Execution): GraphqlAnswer {
  return { status: execution.data === undefined ? 400 : 200, body: bodyOf(execution) };
}

/** The answer's JSON text: `errors`, if there are any, before `data`, and a line end after it all, as from Apollo Server. */
function bodyOf({ data, errors, schemas }: Execution): string[] {
  const body = [errors.length === 0 ? '{' : `{"errors":${JSON.stringify(errors)},`];
  if (data === null) body.push('"data":null,');
  else if (data !== undefined) body.push('"data":', ...data, ',');
  body.push(`"extensions":${JSON.stringify({ schemas })}}\n`);
  return body;
}
