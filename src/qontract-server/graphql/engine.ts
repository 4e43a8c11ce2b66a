import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';

import type { Bundle } from '../bundle/bundle.js';
import { createCatalog } from './catalog.js';
import { createDocuments } from './execution/documents.js';
import { requestError, type AnswerError } from './execution/errors.js';
import { executeQuery, type Execution } from './execution/execute.js';
import { createResolvers, type Resolvers } from './resolvers.js';
import { createSchema } from './schema.js';

/** A GraphQL request, as an HTTP body or query string gives it. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
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
    execute: (request) => {
      const prepared = documents(request.query);
      if ('errors' in prepared) return refusal(400, prepared.errors);
      return executeDocument(prepared.document, request, schema, resolvers);
    },
  };
}

/** Executes a request's validated document. */
export function executeDocument(
  document: DocumentNode,
  { variables = {}, operationName }: GraphqlRequest,
  schema: GraphQLSchema,
  resolvers: Resolvers,
): GraphqlAnswer {
  const operation = getOperationAST(document, operationName);
  if (!operation) return refusal(400, [unresolved(operationName)]);
  return answer(executeQuery({ document, operation, variables }, schema, resolvers));
}

function unresolved(operationName: string | undefined): AnswerError {
  const message =
    operationName === undefined
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named "${operationName}".`;
  return requestError(message, 'OPERATION_RESOLUTION_FAILURE');
}

function refusal(status: number, errors: readonly AnswerError[]): GraphqlAnswer {
  return { status, body: bodyOf({ data: undefined, errors, schemas: [] }) };
}

function answer(execution: Execution): GraphqlAnswer {
  return { status: execution.data === undefined ? 400 : 200, body: bodyOf(execution) };
}

/**
 * The answer's JSON text: `errors`, if there are any, before `data`, and a line end after it all, as from Apollo Server. A
 * short one is a single piece.
 */
function bodyOf({ data, errors, schemas }: Execution): string[] {
  const head = errors.length === 0 ? '{' : `{"errors":${JSON.stringify(errors)},`;
  const tail = `"extensions":${JSON.stringify({ schemas })}}\n`;
  if (data === undefined) return [head + tail];
  if (data === null) return [`${head}"data":null,${tail}`];
  const [first = '', ...rest] = data;
  const last = rest.pop();
  if (last === undefined) return [`${head}"data":${first},${tail}`];
  return [`${head}"data":${first}`, ...rest, `${last},${tail}`];
}
