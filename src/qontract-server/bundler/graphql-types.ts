import { field, isMapping, textField, type Mapping, type Value } from './value.js';

/** What post-processing needs to know of one type of the bundle's `graphql` part. */
export interface GraphqlType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, GraphqlField>;
  /** How a value of this interface tells its type; undefined for all but interfaces with the strategy `fieldMap`. */
  readonly fieldMap: FieldMap | undefined;
}

export interface GraphqlField {
  readonly name: string;
  readonly type: string | undefined;
  /** Unique among its siblings (`isContextUnique`), or everywhere (`isUnique`). */
  readonly unique: boolean;
}

interface FieldMap {
  /** The field whose value names the type. */
  readonly field: string;
  readonly types: Value | undefined;
}

/** The GraphQL types by name, and by the schema of the datafiles that they describe. */
export class GraphqlTypes {
  readonly #types = new Map<string, GraphqlType>();
  readonly #names = new Map<string, string>();

  /** @param graphql the parsed `graphql-schemas/schema.yml`: `{confs: […]}`, or the bare list of old */
  constructor(graphql: Value) {
    const confs = isMapping(graphql) ? graphql.get('confs') : graphql;
    for (const conf of items(confs)) this.#add(conf);
    this.#addQueries(items(confs).findLast((conf) => textField(conf, 'name') === 'Query'));
  }

  get(name: string | undefined): GraphqlType | undefined {
    return name === undefined ? undefined : this.#types.get(name);
  }

  /** The type of the datafiles with this `$schema`. */
  ofSchema(schema: string): GraphqlType | undefined {
    return this.get(this.#names.get(schema));
  }

  /** The type that a value of an interface really is, by the interface's field map; undefined when it does not say. */
  implementation(type: GraphqlType | undefined, data: Value): GraphqlType | undefined {
    const value = interfaceValue(type, data);
    return typeof value === 'string' ? this.get(textField(type?.fieldMap?.types, value)) : undefined;
  }

  #add(conf: Mapping): void {
    const name = textField(conf, 'name');
    if (name === undefined) return;
    this.#types.set(name, { name, fields: fieldsOf(conf), fieldMap: fieldMapOf(conf) });
    const datafile = textField(conf, 'datafile');
    if (datafile !== undefined) this.#names.set(datafile, name);
  }

  /** The queries say which type a schema has, with more authority than the types themselves. */
  #addQueries(query: Mapping | undefined): void {
    for (const queryField of items(query?.get('fields'))) {
      const schema = textField(queryField, 'datafileSchema');
      const type = textField(queryField, 'type');
      if (schema !== undefined && type !== undefined) this.#names.set(schema, type);
    }
  }
}

/** The value by which an interface's field map tells the type of `data`. */
export function interfaceValue(type: GraphqlType | undefined, data: Value): Value | undefined {
  return type?.fieldMap === undefined ? undefined : field(data, type.fieldMap.field);
}

function fieldsOf(conf: Mapping): Map<string, GraphqlField> {
  const fields = new Map<string, GraphqlField>();
  for (const item of items(conf.get('fields'))) {
    const name = textField(item, 'name');
    const unique = item.get('isContextUnique') === true || item.get('isUnique') === true;
    if (name !== undefined) fields.set(name, { name, type: textField(item, 'type'), unique });
  }
  return fields;
}

function fieldMapOf(conf: Mapping): FieldMap | undefined {
  const resolve = conf.get('interfaceResolve');
  const name = textField(resolve, 'field');
  const applies = conf.get('isInterface') === true && textField(resolve, 'strategy') === 'fieldMap';
  return applies && name !== undefined ? { field: name, types: field(resolve, 'fieldMap') } : undefined;
}

function items(value: Value | undefined): Mapping[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
}
