import { GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';

import { formatError, requestError, TOO_DEEP, type AnswerError, type ErrorCode } from './errors.js';

/** A query's document, or what is wrong with it. */
export type Prepared = { readonly document: DocumentNode } | { readonly errors: readonly AnswerError[] };

/** Validation compares fields pair by pair; the largest query of qontract-reconcile has about 2,000 tokens. */
const MAX_TOKENS = 20_000;

/** Parsed and validated documents are kept, since clients send the same few over and over; all of them together so long. */
const MAX_CACHED_CHARACTERS = 4_000_000;

/** Parses and validates queries against a schema. */
export function createDocuments(schema: GraphQLSchema): (query: string) => Prepared {
  const cache = new Map<string, Prepared>();
  let cached = 0;
  return (query) => {
    const known = cache.get(query);
    if (known !== undefined) return known;
    const prepared = prepare(query, schema);
    if (cached + query.length > MAX_CACHED_CHARACTERS) {
      cache.clear();
      cached = 0;
    }
    cache.set(query, prepared);
    cached += query.length;
    return prepared;
  };
}

function prepare(query: string, schema: GraphQLSchema): Prepared {
  let code: ErrorCode = 'GRAPHQL_PARSE_FAILED';
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS });
    code = 'GRAPHQL_VALIDATION_FAILED';
    const errors = validate(schema, document);
    return errors.length === 0 ? { document } : { errors: errors.map((error) => formatError(error, code)) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [formatError(error, code)] };
    if (error instanceof RangeError) return { errors: [requestError(TOO_DEEP, code)] };
    throw error;
  }
}
