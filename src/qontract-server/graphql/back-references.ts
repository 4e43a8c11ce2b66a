import type { Datafile } from '../bundle/bundle.js';
import type { Datafiles } from '../bundle/datafiles.js';
import { isJsonObject } from '../bundle/json.js';

/** Finds the datafiles of a schema that refer to a path in one of their attributes. */
export type BackReferences = (schema: string, attribute: string, path: unknown) => readonly Datafile[];

type Index = ReadonlyMap<string, readonly Datafile[]>;

/**
 * Back references over the datafiles of each schema. An attribute is a dotted path through objects; lists on the way are
 * looked into. Each pair of schema and attribute is indexed when it is first asked for.
 */
export function createBackReferences(datafiles: Datafiles): BackReferences {
  const indexes = new Map<string, Index>();
  return (schema, attribute, path) => {
    const key = `${attribute} ${schema}`;
    let index = indexes.get(key);
    if (index === undefined) {
      index = indexOf(datafiles.ofSchema(schema), [...attribute.split('.'), '$ref']);
      indexes.set(key, index);
    }
    return typeof path === 'string' ? (index.get(path) ?? []) : [];
  };
}

function indexOf(datafiles: readonly Datafile[], keys: readonly string[]): Index {
  const index = new Map<string, Datafile[]>();
  for (const datafile of datafiles) {
    for (const target of new Set(valuesAt(datafile, keys))) {
      const referring = index.get(target);
      if (referring === undefined) index.set(target, [datafile]);
      else referring.push(datafile);
    }
  }
  return index;
}

/** The texts at a path of keys, from all the elements where there is a list. */
function valuesAt(node: unknown, keys: readonly string[]): string[] {
  if (Array.isArray(node)) return node.flatMap((element) => valuesAt(element, keys));
  const [key, ...rest] = keys;
  if (key === undefined) return typeof node === 'string' ? [node] : [];
  return isJsonObject(node) && Object.hasOwn(node, key) ? valuesAt(node[key], rest) : [];
}
