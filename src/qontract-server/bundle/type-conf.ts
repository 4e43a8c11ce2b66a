import * as v from 'valibot';

import { FailedError } from '../../errors.js';

const name = v.pipe(v.string(), v.minLength(1));
/** False if it is missing; no default says so, because most are, and there are many. */
const flag = v.nullish(v.boolean());

/** A GraphQL field, as `graphql-schemas/schema.yml` describes it (qontract-server's SCHEMA.md). */
const FieldConf = v.looseObject({
  name,
  /** `string`, `int`, `float`, `boolean`, `json`, or the name of another conf. */
  type: name,
  isList: flag,
  isRequired: flag,
  /** The named type is an interface. */
  isInterface: flag,
  /** Queries may select by this field's value. */
  isSearchable: flag,
  isResource: flag,
  /** A resource's path is answered by the resource itself. */
  resolveResource: flag,
  /** The field lists every datafile of this `$schema`. */
  datafileSchema: v.nullish(name),
  /** The field lists the datafiles of `schema` that refer to this one in their `subAttr` (a dotted path). */
  synthetic: v.nullish(v.looseObject({ schema: name, subAttr: name })),
});

/** How an interface finds the type of an object: by the value of one of its fields, or by its datafile's `$schema`. */
const InterfaceResolve = v.variant('strategy', [
  v.looseObject({ strategy: v.literal('fieldMap'), field: name, fieldMap: v.record(v.string(), name) }),
  v.looseObject({ strategy: v.literal('schema') }),
]);

/** A GraphQL type: an entry of `confs`. */
const TypeConf = v.looseObject({
  name,
  fields: v.array(FieldConf),
  /** The `$schema` of the datafiles that are of this type. */
  datafile: v.nullish(name),
  /** The interface that this type implements. */
  interface: v.nullish(name),
  isInterface: flag,
  interfaceResolve: v.nullish(InterfaceResolve),
});

export type FieldConf = v.InferOutput<typeof FieldConf>;
export type InterfaceResolve = v.InferOutput<typeof InterfaceResolve>;
export type TypeConf = v.InferOutput<typeof TypeConf>;

/**
 * The type confs of a bundle's `graphql` part, which is either an object with `confs` or (the old form) the bare list.
 *
 * @param bundle the bundle's name, for messages
 * @throws FailedError `GraphqlConfInvalid`, naming the conf and the field
 */
export function parseTypeConfs(graphql: unknown, bundle: string): TypeConf[] {
  const confs = Array.isArray(graphql) ? graphql : confsOf(graphql);
  const parsed = v.safeParse(v.array(TypeConf, 'a list of type confs'), confs);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new FailedError('GraphqlConfInvalid', `${bundle}: ${describe(issue, confs)}`, {
    hint: 'correct graphql-schemas/schema.yml and build the bundle again',
  });
}

function confsOf(graphql: unknown): unknown {
  return typeof graphql === 'object' && graphql !== null && 'confs' in graphql ? graphql.confs : undefined;
}

/** Names the conf and the field by their own names as far as they have one: an index helps nobody in a 10,000 line file. */
function describe(issue: v.BaseIssue<unknown>, confs: unknown): string {
  const keys = issue.path?.map((item) => item.key) ?? [];
  let value = confs;
  let where = 'graphql confs';
  for (const key of keys) {
    value = isRecord(value) || Array.isArray(value) ? Reflect.get(value, String(key)) : undefined;
    const own = isRecord(value) && typeof value['name'] === 'string' ? ` "${value['name']}"` : '';
    where += typeof key === 'number' ? `[${key}]${own}` : `.${String(key)}`;
  }
  const expected = issue.expected === null ? '' : ` must be ${issue.expected}, not ${issue.received}`;
  return `${where}${expected}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
