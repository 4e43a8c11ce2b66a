import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { executeSync, GraphQLError, parse, validate } from 'graphql';

import { parseBundle } from '../../../../../src/qontract-server/bundle/parse.js';
import { createCatalog } from '../../../../../src/qontract-server/graphql/catalog.js';
import { createEngine } from '../../../../../src/qontract-server/graphql/engine.js';
import { createNarrowEngine } from '../../../../../src/qontract-server/graphql/narrow-engine.js';
import { createResolvers } from '../../../../../src/qontract-server/graphql/resolvers.js';
import { createSchema } from '../../../../../src/qontract-server/graphql/schema.js';
import { randomBundle, type RandomBundle } from './random-bundle.js';
import { randomQuery, VARIABLES } from './random-query.js';

const bundleAndQuery = randomBundle.chain((bundle) =>
  fc.record({ bundle: fc.constant(bundle), query: randomQuery(bundle) }),
);

function bytesOf(bundle: RandomBundle): Buffer {
  return Buffer.from(JSON.stringify(bundle));
}

/** What graphql-js makes of the query, with the same resolvers, in the form of the real server's answers. */
function oracle(document: RandomBundle, query: string): unknown {
  const bundle = parseBundle(bytesOf(document), 'bundle.json');
  const catalog = createCatalog(bundle);
  const schema = createSchema(bundle, catalog, createResolvers(bundle, catalog));
  const visited = new Set<unknown>();
  const ast = parse(query);
  const invalid = validate(schema, ast);
  if (invalid.length > 0)
    return { errors: invalid.map(formatted('GRAPHQL_VALIDATION_FAILED')), extensions: { schemas: [] } };
  const { data, errors } = executeSync({
    schema,
    document: ast,
    variableValues: VARIABLES,
    contextValue: visited,
  });
  return {
    ...(errors === undefined ? {} : { errors: errors.map(formatted('INTERNAL_SERVER_ERROR')) }),
    data: withoutEmptyObjects(data),
    extensions: { schemas: [...visited] },
  };
}

function formatted(code: string): (error: GraphQLError) => unknown {
  return (error) => ({ ...error.toJSON(), extensions: { code, ...error.extensions } });
}

/** The real server drops objects without fields from lists. */
function withoutEmptyObjects(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutEmptyObjects(field)]));
  const elements: readonly unknown[] = value;
  return elements.filter((element) => JSON.stringify(element) !== '{}').map(withoutEmptyObjects);
}

describe('the executor', () => {
  test('answers what graphql-js answers, whatever the data, the schema and the query', () => {
    fc.assert(
      fc.property(bundleAndQuery, ({ bundle, query }) => {
        const engine = createEngine(parseBundle(bytesOf(bundle), 'bundle.json'));
        const { body } = engine.execute({ query, variables: VARIABLES });
        expect(JSON.parse([...body].join(''))).toEqual(JSON.parse(JSON.stringify(oracle(bundle, query))));
      }),
      { numRuns: 100 },
    );
  });

  test('answers a valid query about data the same from a schema that is as narrow as the query', () => {
    fc.assert(
      fc.property(bundleAndQuery, ({ bundle: document, query }) => {
        const bundle = parseBundle(bytesOf(document), 'bundle.json');
        const request = { query, variables: VARIABLES };
        const complete = createEngine(bundle).execute(request);
        fc.pre(complete.status === 200);
        expect([...createNarrowEngine(bundle)(request).body].join('')).toBe([...complete.body].join(''));
      }),
      { numRuns: 100 },
    );
  });
});
