import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  validateSchema,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  type GraphQLOutputType,
  type GraphQLScalarType,
} from 'graphql';

import { messageOf } from '../../errors.js';
import type { Bundle } from '../bundle/bundle.js';
import type { FieldConf, TypeConf } from '../bundle/type-conf.js';
import { confError, isScalar, sourceOf, typeNameOf, type Catalog, type SCALARS } from './catalog.js';
import { interfacesOf } from './interface-types.js';
import { JsonScalar } from './json-scalar.js';
import type { Arguments, FieldResolver } from './resolver.js';
import type { Resolvers } from './resolvers.js';
import { visit, type VisitedSchemas } from './visited-schemas.js';

type Fields = GraphQLFieldConfigMap<unknown, VisitedSchemas>;
type NamedTypes = ReadonlyMap<string, GraphQLObjectType | GraphQLInterfaceType>;

/**
 * The GraphQL schema of a bundle, with resolvers: complete for graphql-js itself too.
 *
 * @throws FailedError `GraphqlConfInvalid` for what GraphQL does not allow
 */
export function createSchema(bundle: Bundle, catalog: Catalog, resolvers: Resolvers): GraphQLSchema {
  try {
    const schema = assembleSchema(catalog, resolvers, false);
    const [error] = validateSchema(schema);
    if (error !== undefined) throw error;
    return schema;
  } catch (error) {
    throw confError(bundle.name, messageOf(error));
  }
}

/**
 * A schema of which only that has been checked without which it cannot be made.
 *
 * @param assumeValid spares graphql-js its own look at it, too
 * @throws Error for a conf of which no type can be made
 */
export function assembleSchema(catalog: Catalog, resolvers: Resolvers, assumeValid: boolean): GraphQLSchema {
  const types: NamedTypes = new Map(
    [...catalog.confs.values()].map((conf) => [conf.name, createType(conf, catalog, resolvers, () => types)]),
  );
  const objects = [...types.values()].filter((type) => type instanceof GraphQLObjectType);
  const query = objects.find(({ name }) => name === 'Query');
  return new GraphQLSchema({ types: objects, query, assumeValid });
}

function createType(
  conf: TypeConf,
  catalog: Catalog,
  resolvers: Resolvers,
  types: () => NamedTypes,
): GraphQLObjectType | GraphQLInterfaceType {
  const named = {
    name: conf.name,
    fields: () => createFields(conf, catalog, resolvers, types()),
    interfaces: () => interfacesOf(conf, catalog).map((name) => interfaceNamed(name, types())),
  };
  if (!conf.isInterface) return new GraphQLObjectType(named);
  return new GraphQLInterfaceType({
    ...named,
    resolveType: (source) => resolvers.ofType(conf.name)?.(source),
  });
}

function interfaceNamed(name: string, types: NamedTypes): GraphQLInterfaceType {
  const type = types.get(name);
  if (type instanceof GraphQLInterfaceType) return type;
  throw new Error(`"${name}" is not an interface`);
}

function createFields(conf: TypeConf, catalog: Catalog, resolvers: Resolvers, types: NamedTypes): Fields {
  const fields = new Map(conf.fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    [...fields].map(([name, field]) => [
      name,
      createField(field, catalog, resolvers.ofField(conf.name, name), types),
    ]),
  );
}

function createField(
  field: FieldConf,
  catalog: Catalog,
  resolver: FieldResolver | undefined,
  types: NamedTypes,
): GraphQLFieldConfig<unknown, VisitedSchemas> {
  return {
    type: fieldType(field, types),
    args: argumentsOf(field, catalog),
    resolve: (source, args: Arguments, visited) => {
      if (resolver?.visits === true) visit(source, visited);
      return resolver?.resolve(source, args);
    },
  };
}

function fieldType(field: FieldConf, types: NamedTypes): GraphQLOutputType {
  const name = typeNameOf(field);
  const named = isScalar(name) ? scalarType(name) : namedType(name, types);
  if (sourceOf(field) === 'resource') return named;
  const listed = field.isList ? new GraphQLList(new GraphQLNonNull(named)) : named;
  return field.isRequired ? new GraphQLNonNull(listed) : listed;
}

function namedType(name: string, types: NamedTypes): GraphQLObjectType | GraphQLInterfaceType {
  const type = types.get(name);
  if (type === undefined) throw new Error(`unknown type "${name}"`);
  return type;
}

function scalarType(name: (typeof SCALARS)[number]): GraphQLScalarType {
  const scalars = {
    string: GraphQLString,
    int: GraphQLInt,
    float: GraphQLFloat,
    boolean: GraphQLBoolean,
    json: JsonScalar,
  };
  return scalars[name];
}

function argumentsOf(field: FieldConf, catalog: Catalog): GraphQLFieldConfigArgumentMap {
  const source = sourceOf(field);
  if (source === 'resources') return { path: { type: GraphQLString }, schema: { type: GraphQLString } };
  if (source !== 'datafiles') return {};
  const names = catalog.searchableFields.get(field.type) ?? [];
  return Object.fromEntries(
    names.map((name) => [name, { type: name === 'filter' ? JsonScalar : GraphQLString }]),
  );
}
