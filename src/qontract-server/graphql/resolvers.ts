import type { Bundle } from '../bundle/bundle.js';
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
  const ofType = new Map<string, TypeResolver>();
  for (const conf of catalog.confs.values()) {
    if (conf.isInterface) ofType.set(conf.name, typeResolverOf(conf, catalog));
  }
  return {
    // The last of two fields with one name counts, as for the schema.
    ofField: (type, name) => {
      const field = catalog.confs.get(type)?.fields.findLast((conf) => conf.name === name);
      return field === undefined ? undefined : create(field);
    },
    ofType: (name) => ofType.get(name),
  };
}

function resolverFactory(bundle: Bundle, catalog: Catalog): (field: FieldConf) => FieldResolver {
  const backReferences = createBackReferences(bundle.datafiles);
  const context = filterContext(bundle, catalog);
  return (field) => {
    switch (sourceOf(field)) {
      case 'datafiles':
        return datafilesField(field, bundle, catalog, context);
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

/** All datafiles of the field's schema that its arguments select; a null argument selects all. */
function datafilesField(
  field: FieldConf,
  { datafiles }: Bundle,
  catalog: Catalog,
  context: FilterContext,
): FieldResolver {
  const schema = field.datafileSchema ?? '';
  const type = catalog.confs.get(field.type);
  return lookup((_source, args) => {
    if (type === undefined || !datafiles.hasSchema(schema)) return [];
    const predicate = selects(type, args, context);
    const [text] = requiredTexts(args);
    const candidates = text === undefined ? datafiles.ofSchema(schema) : datafiles.having(schema, ...text);
    return predicate === undefined ? candidates : candidates.filter(predicate);
  });
}

/** What the arguments select by; undefined if they select everything. */
function selects(type: TypeConf, args: Arguments, context: FilterContext): Predicate | undefined {
  const predicates = Object.entries(args)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => (name === 'filter' ? compileFilter(type, value, context) : equals(name, value)));
  if (predicates.length === 0) return undefined;
  return (source) => predicates.every((predicate) => predicate(source));
}

/** The fields, with their texts, that whatever is selected must have. */
function requiredTexts({ filter, ...fields }: Arguments): [string, string][] {
  const entries = [...Object.entries(fields), ...(isJsonObject(filter) ? Object.entries(filter) : [])];
  return entries.flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : []));
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
