import { canonicalJson } from './canonical-json.js';
import { isTruthy, type ValueSchema } from './schema-of.js';
import { sha256 } from './sha256.js';
import { jsonPath, type Node, type Parts } from './traverse.js';
import { isMapping, textField, type Mapping } from './value.js';

const IDENTIFIER = '__identifier';

/** A list item, or a datafile that a list refers to, whose GraphQL type has fields that are unique among its siblings. */
interface Item {
  readonly data: Mapping;
  readonly json: ValueSchema;
  readonly fields: Set<string>;
}

/**
 * Finds what needs an `__identifier`: the SHA-256 of its unique fields, by which two versions of a list are compared
 * item by item.
 */
export class Identifiers {
  readonly #parts: Parts;
  readonly #items = new Map<string, Item>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Notes the item that the value is a unique field of, or the datafile that it refers to. */
  visit(leaf: Node): void {
    if (leaf.step !== '$ref') this.#visitField(leaf);
    else if (isInList(leaf.parent)) this.#visitReference(leaf);
    else this.#visitField(leaf.parent);
  }

  /** Adds the identifiers to the data, in the order in which the items were found, and to the schemas. */
  apply(): void {
    for (const { data, json, fields } of this.#items.values()) {
      const unique: Mapping = new Map(
        [...data].filter(([key]) => typeof key === 'string' && fields.has(key)),
      );
      if (unique.size === 0) continue;
      const choices = json.schema?.get('oneOf');
      for (const schema of [json.schema, json.oneOfRoot, ...(Array.isArray(choices) ? choices : [])]) {
        if (isMapping(schema)) allowIdentifier(schema);
      }
      data.set(IDENTIFIER, sha256(canonicalJson(unique)));
    }
  }

  /** A field of a list item. */
  #visitField(node: Node | undefined): void {
    const item = node?.parent;
    if (node?.graphql.field?.unique !== true || typeof node.step !== 'string') return;
    if (item === undefined || !isInList(item) || !isMapping(item.data)) return;
    const key = `${item.file.path}\n${jsonPath(item)}`;
    this.#add(key, { data: item.data, json: item.json, fields: new Set([node.step]) });
  }

  /** A list item that is a reference to a datafile. */
  #visitReference({ data: path }: Node): void {
    const data = typeof path === 'string' ? this.#parts.data.get(path) : undefined;
    const schemaPath = textField(data, '$schema');
    if (typeof path !== 'string' || data === undefined || schemaPath === undefined) return;
    const schema = this.#parts.schemas.get(schemaPath);
    const fields = uniqueFields(this.#parts, schemaPath);
    if (!isTruthy(schema) || !isMapping(schema) || fields.size === 0) return;
    this.#add(path, { data, json: { schema, oneOfRoot: undefined }, fields });
  }

  #add(key: string, item: Item): void {
    const known = this.#items.get(key);
    if (known === undefined) this.#items.set(key, item);
    else for (const field of item.fields) known.fields.add(field);
  }
}

function isInList(node: Node | undefined): boolean {
  return typeof node?.step === 'number';
}

function uniqueFields({ types }: Parts, schemaPath: string): Set<string> {
  const fields = [...(types.ofSchema(schemaPath)?.fields.values() ?? [])];
  return new Set(fields.filter((field) => field.unique).map((field) => field.name));
}

function allowIdentifier(schema: Mapping): void {
  const properties = schema.get('properties');
  if (isMapping(properties) && properties.size > 0) properties.set(IDENTIFIER, new Map([['type', 'string']]));
}
