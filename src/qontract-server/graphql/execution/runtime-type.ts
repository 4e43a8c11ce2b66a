import {
  GraphQLError,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

import type { FieldSite } from './outcome.js';

/**
 * The object type behind an abstract one, of which the data gave the name.
 *
 * @throws GraphQLError in graphql-js's words if there is none
 */
export function runtimeType(
  name: string | undefined,
  type: GraphQLAbstractType,
  site: FieldSite,
  schema: GraphQLSchema,
): GraphQLObjectType {
  if (name === undefined) {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${site.parentType}.${site.name}". ` +
        `Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
    );
  }
  const actual = schema.getType(name);
  if (actual === undefined) {
    throw new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`,
    );
  }
  if (!isObjectType(actual)) {
    throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`);
  }
  if (!schema.isSubType(type, actual)) {
    throw new GraphQLError(`Runtime Object type "${name}" is not a possible type for "${type.name}".`);
  }
  return actual;
}
