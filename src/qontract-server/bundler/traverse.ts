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

/** A value within a datafile, and what the schemas and the GraphQL types say of it. */
export interface Node {
  readonly file: Datafile;
  readonly data: Value;
  readonly json: ValueSchema;
  readonly graphql: TypedField;
  /** The mapping or list that the value is in; undefined for the whole datafile. */
  readonly parent: Node | undefined;
  /** The key in the mapping, or the index in the list. */
  readonly step: string | number;
}

interface Datafile {
  readonly path: string;
  /** What it has as its `$schema`. */
  readonly schema: string | undefined;
}

/** A GraphQL type, and the field of it that a value is; no field for a value that is an object of the type. */
interface TypedField {
  readonly type: GraphqlType | undefined;
  readonly field: GraphqlField | undefined;
}

const UNTYPED: TypedField = { type: undefined, field: undefined };

/** A value's place in its datafile, e.g. `externalResources.[0].resources.[1].defaults`. */
export function jsonPath(node: Node): string {
  const steps: string[] = [];
  for (let at = node; at.parent !== undefined; at = at.parent) {
    steps.push(typeof at.step === 'string' ? at.step : `[${at.step}]`);
  }
  return steps.reverse().join('.');
}

/** Finds every value of a datafile that is no mapping and no list, in the order of the file. */
export class Traversal {
  readonly #types: GraphqlTypes;
  readonly #schemas: Schemas;
  readonly #visit: (leaf: Node) => void;

  /** @param visit is called with each */
  constructor({ types, schemas }: Parts, visit: (leaf: Node) => void) {
    this.#types = types;
    this.#schemas = schemas;
    this.#visit = visit;
  }

  visitFile(path: string, data: Mapping): void {
    const name = textField(data, '$schema');
    const type = name === undefined ? undefined : this.#types.ofSchema(name);
    const schema = name === undefined ? undefined : this.#schemas.get(name);
    this.#descend({
      file: { path, schema: name },
      data,
      json: resolveSchema(schema, data, type, this.#schemas),
      graphql: { type: this.#types.implementation(type, data) ?? type, field: undefined },
      parent: undefined,
      step: '',
    });
  }

  #descend(node: Node): void {
    const { data } = node;
    if (isMapping(data)) {
      for (const [key, value] of data) {
        if (key !== '$schema') this.#descendInto(node, key, value);
      }
    } else if (Array.isArray(data)) {
      const schema = node.json.schema?.get('items');
      for (const [index, value] of data.entries()) {
        this.#descend(this.#child(node, index, value, schema, node.graphql));
      }
    } else {
      this.#visit(node);
    }
  }

  #descendInto(node: Node, key: Key, value: Value): void {
    const name = keyText(key);
    const graphql = this.#fieldAt(node.graphql, name);
    this.#descend(this.#child(node, name, value, schemaAt(node.json, key), graphql));
  }

  #child(
    parent: Node,
    step: string | number,
    data: Value,
    schema: Value | undefined,
    graphql: TypedField,
  ): Node {
    const fieldType = this.#types.get(graphql.field?.type);
    const implementation = this.#types.implementation(fieldType, data);
    return {
      file: parent.file,
      data,
      json: resolveSchema(schema, data, fieldType, this.#schemas),
      graphql: implementation === undefined ? graphql : { type: implementation, field: undefined },
      parent,
      step,
    };
  }

  /** The type that has the key as a field, and the field. `$ref` is no field of its own. */
  #fieldAt(graphql: TypedField, key: string): TypedField {
    const { type, field } = graphql;
    if (type === undefined || key === '$ref') return graphql;
    if (field === undefined) {
      const own = type.fields.get(key);
      return own === undefined ? UNTYPED : { type, field: own };
    }
    const next = this.#types.get(field.type);
    return next === undefined ? UNTYPED : { type: next, field: next.fields.get(key) };
  }
}

/** The schema of a key; a schema of references (`$schemaRef`) stands for all within it. */
function schemaAt({ schema }: ValueSchema, key: Key): Value | undefined {
  if (schema?.has('$schemaRef') === true) return schema;
  const properties = schema?.get('properties');
  return isMapping(properties) ? properties.get(key) : undefined;
}
