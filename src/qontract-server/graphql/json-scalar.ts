import { GraphQLScalarType } from 'graphql';

/** A JSON value that GraphQL clients get as the JSON text of it, in a string; as an argument, any GraphQL literal. */
export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  serialize: (value) => JSON.stringify(value),
});
