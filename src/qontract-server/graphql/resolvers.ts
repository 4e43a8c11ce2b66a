import type { Bundle, Datafile } from '../bundle/bundle.js';
import { isJsonObject } from '../bundle/json.js';
import type { FieldConf, TypeConf } from '../bundle/type-conf.js';
import { createBackReferences, type BackReferences } from './back-references.js';
import { sourceOf, type Catalog } from './catalog.js';
import { compileFilter, equals, type FilterContext, type Predicate } from './filter.js';
import { typeResolverOf } from './interface-types.js';
import { ownField, plainField } from './plain-field.js';
import type { Arguments, FieldResolver, TypeResolver } from './resolver.js';

/** Where the values of a bundle's fields come from, and the types of what is behind its interfaces. */
export interface Resolvers {
  /** undefined for a field that GraphQL itself adds, as `__typename` */
  readonly ofField: (type: string, field: string) => FieldResolver | undefined;
  readonly ofType: (name: string) => TypeResolver | undefined;
}

/** The resolvers of a bundle, over its data. */
export function createResolvers(bundle: Bundle, catalog: Catalog): Resolvers {
  const create = resolverFactory(bundle, catalog);
  const ofField = new Map<string, Map<string, FieldResolver>>();
  const ofType = new Map<string, TypeResolver>();
  for (const conf of catalog.confs.values()) {
    ofField.set(conf.name, new Map(conf.fields.map((field) => [field.name, create(field)])));
    if (conf.isInterface) ofType.set(conf.name, typeResolverOf(conf, catalog));
  }
  return {
    ofField: (type, field) => ofField.get(type)?.get(field),
    ofType: (name) => ofType.get(name),
  };
}

function resolverFactory(bundle: Bundle, catalog: Catalog): (field: FieldConf) => FieldResolver {
  const bySchema = groupBySchema(bundle.datafiles);
  const backReferences = createBackReferences(bySchema);
  const context = filterContext(bundle, catalog);
  return (field) => {
    switch (sourceOf(field)) {
      case 'datafiles':
        return datafilesField(field, bySchema, catalog, context);
      case 'backReferences':
        return backReferencesField(field, backReferences);
      case 'resource':
        return lookup((source) => resourceNamed(field.name, source, bundle));
      case 'resources':
        return lookup((_source, args) => resourcesSelected(args, bundle));
      case 'object':
        return plainField(field.name, bundle.datafiles);
    }
  };
}

function lookup(resolve: FieldResolver['resolve']): FieldResolver {
  return { visits: false, resolve };
}

function backReferencesField({ synthetic }: FieldConf, backReferences: BackReferences): FieldResolver {
  const { schema = '', subAttr = '' } = synthetic ?? {};
  return lookup((source) =>
    backReferences(schema, subAttr, isJsonObject(source) ? source['path'] : undefined),
  );
}

function groupBySchema(datafiles: ReadonlyMap<string, Datafile>): Map<string, Datafile[]> {
  const bySchema = new Map<string, Datafile[]>();
  for (const datafile of datafiles.values()) {
    const group = bySchema.get(datafile.$schema);
    if (group === undefined) bySchema.set(datafile.$schema, [datafile]);
    else group.push(datafile);
  }
  return bySchema;
}

/** All datafiles of the field's schema that its arguments select; a null argument selects all. */
function datafilesField(
  field: FieldConf,
  bySchema: ReadonlyMap<string, readonly Datafile[]>,
  catalog: Catalog,
  context: FilterContext,
): FieldResolver {
  const type = catalog.confs.get(field.type);
  return lookup((_source, args) => {
    const datafiles = bySchema.get(field.datafileSchema ?? '');
    if (datafiles === undefined || type === undefined) return [];
    const predicates = argumentPredicates(type, args, context);
    if (predicates.length === 0) return datafiles;
    return datafiles.filter((datafile) => predicates.every((predicate) => predicate(datafile)));
  });
}

function argumentPredicates(type: TypeConf, args: Arguments, context: FilterContext): Predicate[] {
  return Object.entries(args)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => (name === 'filter' ? compileFilter(type, value, context) : equals(name, value)));
}

function filterContext(bundle: Bundle, catalog: Catalog): FilterContext {
  return {
    typeNamed: (name) => catalog.confs.get(name),
    fieldsOf: (type) => fieldsWithImplementations(type, catalog),
    valueOf: (source, field) => plainField(field, bundle.datafiles).resolve(source, {}),
  };
}

function fieldsWithImplementations(type: TypeConf, catalog: Catalog): Map<string, FieldConf> {
  const fields = new Map<string, FieldConf>();
  const seen = new Set<TypeConf>();
  const add = (conf: TypeConf): void => {
    if (seen.has(conf)) return;
    seen.add(conf);
    for (const field of conf.fields) fields.set(field.name, field);
    for (const name of implementationsOf(conf)) {
      const implementation = catalog.confs.get(name);
      if (implementation !== undefined) add(implementation);
    }
  };
  add(type);
  return fields;
}

function implementationsOf(conf: TypeConf): string[] {
  const resolve = conf.isInterface ? conf.interfaceResolve : undefined;
  return resolve?.strategy === 'fieldMap' ? Object.values(resolve.fieldMap) : [];
}

function resourceNamed(field: string, source: unknown, bundle: Bundle): unknown {
  const path = isJsonObject(source) ? ownField(source, field) : undefined;
  return typeof path === 'string' ? bundle.resources.get(path) : undefined;
}

/** The resource at `path`, or all of a `schema`, or all; a path that the bundle does not have gives a list with a gap. */
function resourcesSelected(args: Arguments, bundle: Bundle): unknown[] {
  const { path, schema } = args;
  if (typeof path === 'string' && path !== '') return [bundle.resources.get(path)];
  const resources = [...bundle.resources.values()];
  if (typeof schema !== 'string' || schema === '') return resources;
  return resources.filter((resource) => resource.$schema === schema);
}
