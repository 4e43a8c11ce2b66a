import { keyText } from './canonical-json.js';
import type { GraphqlField, GraphqlType, GraphqlTypes } from './graphql-types.js';
import { resolveSchema, type Schemas, type ValueSchema } from './schema-of.js';
import { isMapping, textField, type Key, type Mapping, type Value } from './value.js';

/** The parsed parts of a bundle, as post-processing needs them. */
export interface Parts {
  readonly data: ReadonlyMap<string, Mapping>;
  readonly schemas: Schemas;
  readonly types: GraphqlTypes;
}

/** A value within a datafile, and what its schema and its GraphQL type say of it. */
export interface Node extends ValueSchema {
  readonly data: Value;
  /** The datafile's path, and the schema that it names. */
  readonly path: string;
  readonly fileSchema: string | undefined;
  readonly type: GraphqlType | undefined;
  readonly field: GraphqlField | undefined;
  /** The mapping or list that the value is in, and where; undefined for the whole datafile. */
  readonly parent: Node | undefined;
  readonly step: Step | undefined;
}

/** The key in a mapping, or the index in a list. */
export type Step = { readonly key: string } | { readonly index: number };

/** Calls `visit` for every value of every datafile that is no mapping and no list, in the order of the files. */
export function traverse(parts: Parts, visit: (leaf: Node) => void): void {
  for (const [path, data] of parts.data) descend(fileNode(path, data, parts), parts, visit);
}

/** A value's place in its datafile, e.g. `externalResources.[0].resources.[1].defaults`. */
export function jsonPath(node: Node): string {
  const steps: string[] = [];
  for (let at = node; at.parent !== undefined && at.step !== undefined; at = at.parent) {
    steps.push('key' in at.step ? at.step.key : `[${at.step.index}]`);
  }
  return steps.reverse().join('.');
}

function fileNode(path: string, data: Mapping, { schemas, types }: Parts): Node {
  const fileSchema = textField(data, '$schema');
  const type = fileSchema === undefined ? undefined : types.ofSchema(fileSchema);
  const schema = fileSchema === undefined ? undefined : schemas.get(fileSchema);
  return {
    ...resolveSchema(schema, data, type, schemas),
    data,
    path,
    fileSchema,
    type: types.implementation(type, data) ?? type,
    field: undefined,
    parent: undefined,
    step: undefined,
  };
}

function descend(node: Node, parts: Parts, visit: (leaf: Node) => void): void {
  const { data } = node;
  if (isMapping(data)) {
    for (const [key, value] of data) {
      if (key !== '$schema') descend(childAt(node, key, value, parts), parts, visit);
    }
  } else if (Array.isArray(data)) {
    const schema = node.schema?.get('items');
    for (const [index, value] of data.entries()) {
      descend(child(node, { index }, value, schema, [node.type, node.field], parts), parts, visit);
    }
  } else {
    visit(node);
  }
}

function childAt(node: Node, key: Key, value: Value, parts: Parts): Node {
  const name = keyText(key);
  return child(node, { key: name }, value, schemaAt(node, key), typeAt(node, name, parts), parts);
}

function child(
  node: Node,
  step: Step,
  data: Value,
  schema: Value | undefined,
  [type, field]: TypeAndField,
  { schemas, types }: Parts,
): Node {
  const fieldType = types.get(field?.type);
  const implementation = types.implementation(fieldType, data);
  return {
    ...resolveSchema(schema, data, fieldType, schemas),
    data,
    path: node.path,
    fileSchema: node.fileSchema,
    type: implementation ?? type,
    field: implementation === undefined ? field : undefined,
    parent: node,
    step,
  };
}

/** The schema of a key; a schema of references (`$schemaRef`) stands for all within it. */
function schemaAt({ schema }: Node, key: Key): Value | undefined {
  if (schema?.has('$schemaRef') === true) return schema;
  const properties = schema?.get('properties');
  return isMapping(properties) ? properties.get(key) : undefined;
}

type TypeAndField = readonly [GraphqlType | undefined, GraphqlField | undefined];

/** The type that has the key as a field, and the field. `$ref` is no field of its own. */
function typeAt({ type, field }: Node, key: string, { types }: Parts): TypeAndField {
  if (type === undefined || key === '$ref') return [type, field];
  if (field === undefined) {
    const own = type.fields.get(key);
    return own === undefined ? [undefined, undefined] : [type, own];
  }
  const next = types.get(field.type);
  return [next, next?.fields.get(key)];
}
