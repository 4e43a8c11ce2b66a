import { FailedError } from '../../errors.js';
import { nearest } from '../../nearest.js';
import type { Bundle } from '../bundle/bundle.js';
import type { FieldConf, TypeConf } from '../bundle/type-conf.js';

/** The type confs of a bundle, found by what else they are known by. */
export interface Catalog {
  readonly confs: ReadonlyMap<string, TypeConf>;
  /** `$schema` of datafiles → name of their type. */
  readonly typeOfSchema: ReadonlyMap<string, string>;
  /** The types in `typeOfSchema`. */
  readonly datafileTypes: ReadonlySet<string>;
  /** The names of the arguments of a query for datafiles of each type: searchable fields, `path`, `filter`. */
  readonly searchableFields: ReadonlyMap<string, readonly string[]>;
}

/** The type names that are not confs, as they are written in a conf. */
export const SCALARS = ['string', 'int', 'float', 'boolean', 'json'] as const;

/**
 * Makes the catalog of a bundle's type confs. Of two confs with the same name the later one counts.
 *
 * @throws FailedError `GraphqlConfInvalid`, naming type and field
 */
export function createCatalog(bundle: Bundle): Catalog {
  const confs = new Map(bundle.confs.map((conf) => [conf.name, conf]));
  for (const conf of confs.values()) checkConf(conf, confs, bundle.name);
  const typeOfSchema = schemasOf(bundle.confs);
  return {
    confs,
    typeOfSchema,
    datafileTypes: new Set(typeOfSchema.values()),
    searchableFields: new Map(bundle.confs.map((conf) => [conf.name, argumentNames(conf)])),
  };
}

function schemasOf(confs: readonly TypeConf[]): Map<string, string> {
  const typeOfSchema = new Map<string, string>();
  for (const { datafile, name } of confs) if (datafile) typeOfSchema.set(datafile, name);
  return typeOfSchema;
}

function argumentNames(conf: TypeConf): string[] {
  const searchable = conf.fields.filter((field) => field.isSearchable).map((field) => field.name);
  return [...new Set([...searchable, 'path', 'filter'])];
}

function checkConf(conf: TypeConf, confs: ReadonlyMap<string, TypeConf>, bundle: string): void {
  if (conf.isInterface && !conf.interfaceResolve) {
    throw confError(bundle, `interface "${conf.name}" has no interfaceResolve`);
  }
  for (const field of conf.fields) {
    const problem = fieldProblem(field, confs);
    if (problem !== undefined)
      throw confError(bundle, `type "${conf.name}", field "${field.name}": ${problem}`);
  }
}

function fieldProblem(field: FieldConf, confs: ReadonlyMap<string, TypeConf>): string | undefined {
  if (isScalar(field.type)) {
    if (field.datafileSchema) return `datafiles cannot be of the type "${field.type}"`;
    return resourceProblem(field, confs);
  }
  const type = confs.get(field.type);
  if (type === undefined) return `unknown type "${field.type}"${suggestion(field.type, confs)}`;
  if (Boolean(type.isInterface) === Boolean(field.isInterface)) return undefined;
  return type.isInterface
    ? `"${type.name}" is an interface, which the field must say: isInterface: true`
    : `"${type.name}" is not an interface`;
}

function resourceProblem(field: FieldConf, confs: ReadonlyMap<string, TypeConf>): string | undefined {
  return sourceOf(field) === 'resource' && !confs.has(RESOURCE_TYPE)
    ? `a resource is of the type "${RESOURCE_TYPE}", which is missing`
    : undefined;
}

function suggestion(name: string, confs: ReadonlyMap<string, TypeConf>): string {
  const [like] = nearest(name, [...confs.keys(), ...SCALARS], 1);
  return like === undefined ? '' : ` (did you mean "${like}"?)`;
}

/** The type of resources, and of the fields that answer a resource for its path. */
export const RESOURCE_TYPE = 'Resource_v1';

/** Where the value of a field comes from; where a conf names several sources, the first of these counts. */
export type FieldSource = 'datafiles' | 'backReferences' | 'resource' | 'resources' | 'object';

export function sourceOf(field: FieldConf): FieldSource {
  if (field.datafileSchema) return 'datafiles';
  if (field.synthetic) return 'backReferences';
  if (!field.isResource) return 'object';
  if (field.type === RESOURCE_TYPE) return 'resources';
  return field.type === 'string' && field.resolveResource ? 'resource' : 'object';
}

/** The name of the type that a field's values, or their elements, are of. */
export function typeNameOf(field: FieldConf): string {
  return sourceOf(field) === 'resource' ? RESOURCE_TYPE : field.type;
}

const SCALAR_NAMES: ReadonlySet<string> = new Set(SCALARS);

export function isScalar(type: string): type is (typeof SCALARS)[number] {
  return SCALAR_NAMES.has(type);
}

/** An error in `graphql-schemas/schema.yml`, of which a bundle's `graphql` part is made. */
export function confError(bundle: string, problem: string): FailedError {
  return new FailedError('GraphqlConfInvalid', `${bundle}: graphql: ${problem}`, {
    hint: 'correct graphql-schemas/schema.yml',
  });
}
