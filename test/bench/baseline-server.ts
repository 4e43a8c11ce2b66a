/**
 * The straightforward qontract server that ours is measured against: graphql-js, Express and Apollo, a resolver a field.
 * It does what the big bundle's queries need: datafiles by schema, references, interfaces and JSON scalars.
 *
 * Usage: node --import tsx baseline-server.ts BUNDLE; prints one ready line with its URL.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';

import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  type GraphQLFieldConfigMap,
  type GraphQLNamedOutputType,
  type GraphQLOutputType,
} from 'graphql';

interface Field {
  name: string;
  type: string;
  isList?: boolean;
  isRequired?: boolean;
  datafileSchema?: string;
  isResource?: boolean;
  synthetic?: { schema: string; subAttr: string };
}
interface Conf {
  name: string;
  fields: Field[];
  isInterface?: boolean;
  interface?: string;
  interfaceResolve?: { strategy: string; field?: string; fieldMap?: Record<string, string> };
}
type Datafile = Record<string, unknown>;

const text = await readFile(process.argv[2] ?? '', 'utf8');
const sha256 = createHash('sha256').update(text).digest('hex');
const bundle = JSON.parse(text) as {
  data: Record<string, Datafile>;
  resources: Record<string, Datafile>;
  graphql: { confs: Conf[] };
};
const datafiles = new Map(Object.entries(bundle.data).map(([path, data]) => [path, { ...data, path }]));
const bySchema = new Map<unknown, Datafile[]>();
for (const datafile of datafiles.values()) {
  const schema = (datafile as Datafile)['$schema'];
  const group = bySchema.get(schema);
  if (group === undefined) bySchema.set(schema, [datafile]);
  else group.push(datafile);
}

const JsonScalar = new GraphQLScalarType({ name: 'JSON', serialize: (value) => JSON.stringify(value) });
const SCALARS: Record<string, GraphQLNamedOutputType> = {
  string: GraphQLString,
  int: GraphQLInt,
  float: GraphQLFloat,
  boolean: GraphQLBoolean,
  json: JsonScalar,
};
const types = new Map<string, GraphQLObjectType | GraphQLInterfaceType>();
for (const conf of bundle.graphql.confs) types.set(conf.name, createType(conf));

function createType(conf: Conf): GraphQLObjectType | GraphQLInterfaceType {
  const fields = (): GraphQLFieldConfigMap<unknown, unknown> =>
    Object.fromEntries(
      conf.fields.map((field) => [field.name, { type: typeOf(field), resolve: resolver(field) }]),
    );
  if (conf.isInterface !== true) {
    const interfaces = (): GraphQLInterfaceType[] => {
      const found = conf.interface === undefined ? undefined : types.get(conf.interface);
      return found instanceof GraphQLInterfaceType ? [found] : [];
    };
    return new GraphQLObjectType({ name: conf.name, fields, interfaces });
  }
  const { field = 'provider', fieldMap = {} } = conf.interfaceResolve ?? {};
  const resolveType = (value: unknown): string | undefined =>
    fieldMap[String((value as Record<string, unknown>)[field])];
  return new GraphQLInterfaceType({ name: conf.name, fields, resolveType });
}

function typeOf({ type, isList, isRequired }: Field): GraphQLOutputType {
  const named = SCALARS[type] ?? types.get(type);
  if (named === undefined) throw new Error(`unknown type ${type}`);
  const listed = isList === true ? new GraphQLList(new GraphQLNonNull(named)) : named;
  return isRequired === true ? new GraphQLNonNull(listed) : listed;
}

function resolver(field: Field): (root: unknown) => unknown {
  if (field.datafileSchema !== undefined) return () => bySchema.get(field.datafileSchema) ?? [];
  if (field.name === 'schema') return (root) => (root as Datafile)['$schema'];
  return (root) => dereferenced((root as Datafile)[field.name]);
}

function dereferenced(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every(isReference) ? value.map((item) => datafiles.get(item.$ref)) : value;
  return isReference(value) ? datafiles.get(value.$ref) : value;
}

function isReference(value: unknown): value is { $ref: string } {
  return typeof value === 'object' && value !== null && '$ref' in value;
}

const query = types.get('Query');
const schema = new GraphQLSchema({
  query: query instanceof GraphQLObjectType ? query : null,
  types: [...types.values()],
});
const apollo = new ApolloServer({ schema });
await apollo.start();
const app = express();
app.get('/sha256', (_request, response) => {
  response.send(sha256);
});
app.use('/graphql', express.json(), expressMiddleware(apollo));
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${port}/graphql\n`);
});
