import { execute, parse, validate, GraphQLError } from 'graphql';

import type { Bundle } from '../bundle/bundle.js';
import { createCatalog } from './catalog.js';
import { createResolvers } from './resolvers.js';
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

/** Answers GraphQL requests over one bundle. */
export interface GraphqlEngine {
  /** The names of the arguments of a query for datafiles, for each type. */
  readonly searchableFields: ReadonlyMap<string, readonly string[]>;
  /** Never throws: what is wrong with a request is in its answer. */
  readonly execute: (request: GraphqlRequest) => GraphqlAnswer;
}

/**
 * Makes the engine of a bundle: its GraphQL schema, and the resolvers over its data.
 *
 * @throws FailedError `GraphqlConfInvalid` if no schema can be made, e.g. for an unknown type
 */
export function createEngine(bundle: Bundle): GraphqlEngine {
  const catalog = createCatalog(bundle);
  const schema = createSchema(bundle, catalog, createResolvers(bundle, catalog));
  return {
    searchableFields: catalog.searchableFields,
    execute: (request) => {
      const visited = new Set<unknown>();
      const finish = (status: number, body: object): GraphqlAnswer => ({
        status,
        body: [JSON.stringify({ ...body, extensions: { schemas: [...visited] } })],
      });
      try {
        const document = parse(request.query);
        const errors = validate(schema, document);
        if (errors.length > 0) return finish(400, { errors });
        const { variables = {}, operationName } = request;
        const result = execute({
          schema,
          document,
          contextValue: visited,
          variableValues: variables,
          operationName,
        });
        return finish(200, result);
      } catch (error) {
        return finish(400, { errors: [error instanceof GraphQLError ? error : { message: 'failed' }] });
      }
    },
  };
}
