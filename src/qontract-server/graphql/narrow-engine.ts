import {
  FieldsOnCorrectTypeRule,
  KnownArgumentNamesRule,
  KnownTypeNamesRule,
  parse,
  PossibleFragmentSpreadsRule,
  ScalarLeafsRule,
  validate,
} from 'graphql';

import type { Bundle } from '../bundle/bundle.js';
import { createCatalog } from './catalog.js';
import { createEngine, executeDocument, type GraphqlAnswer, type GraphqlRequest } from './engine.js';
import { narrowCatalog } from './narrow-catalog.js';
import { createResolvers } from './resolvers.js';
import { assembleSchema } from './schema.js';

/** What a well-formed query can still have wrong, depending on the schema. */
const RULES = [
  FieldsOnCorrectTypeRule,
  KnownArgumentNamesRule,
  KnownTypeNamesRule,
  PossibleFragmentSpreadsRule,
  ScalarLeafsRule,
];

/**
 * Answers a few queries of our own over one bundle, at the least cost for each: a query's schema has no other fields than
 * the query names, and is not checked. The answers are those of `createEngine`, which is asked what is wrong with a query
 * that does not fit.
 *
 * @throws FailedError `GraphqlConfInvalid`, naming type and field
 */
export function createNarrowEngine(bundle: Bundle): (request: GraphqlRequest) => GraphqlAnswer {
  const catalog = createCatalog(bundle);
  const resolvers = createResolvers(bundle, catalog);
  return (request) => {
    const document = parse(request.query);
    const schema = assembleSchema(narrowCatalog(catalog, request.query), resolvers, true);
    if (validate(schema, document, RULES).length > 0) return createEngine(bundle).execute(request);
    return executeDocument(document, request, schema, resolvers);
  };
}
