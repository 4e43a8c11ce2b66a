import { isMapping, numeric, type Key, type Mapping, type Value } from '../value.js';

/** Collects the entries of one mapping: of equal keys the last counts, in the place of the first. */
export class MappingBuilder {
  readonly #own: Mapping = new Map();
  /** The entries of merge keys (`<<`): they come first, and give way to the mapping's own. */
  #merged: [Key, Value][] = [];

  add(key: Key, value: Value): void {
    this.#own.set(typeof key === 'string' ? key : this.#known(key), value);
  }

  /** Takes the entries of the mapping, or of the mappings of which the first counts most. @returns whether it is that */
  merge(value: Value): boolean {
    const sources = Array.isArray(value) ? value.toReversed() : [value];
    const mappings = sources.filter(isMapping);
    this.#merged.push(...mappings.flatMap((mapping) => [...mapping]));
    return mappings.length === sources.length;
  }

  /** @returns undefined when the keys have no order: text beside numbers, or nothing beside anything */
  build(): Mapping | undefined {
    const mapping = this.#merged.length === 0 ? this.#own : new Map([...this.#merged, ...this.#own]);
    let kind: string | undefined;
    for (const key of mapping.keys()) {
      const next = kindOf(key);
      if (kind !== undefined && (kind !== next || next === 'null')) return undefined;
      kind = next;
    }
    return mapping;
  }

  /** The key that the mapping already has, if it is equal: to Python `1`, `1.0` and `true` are one key. */
  #known(key: Key): Key {
    const equal = [...this.#own.keys()].find(
      (other) => kindOf(other) === 'number' && numeric(other) === numeric(key),
    );
    return kindOf(key) === 'number' ? (equal ?? key) : key;
  }
}

/** The value as a key; undefined for a collection, which cannot be one. */
export function toKey(value: Value): Key | undefined {
  return isMapping(value) || Array.isArray(value) ? undefined : value;
}

function kindOf(key: Key): string {
  if (key === null) return 'null';
  return typeof key === 'string' ? 'text' : 'number';
}
