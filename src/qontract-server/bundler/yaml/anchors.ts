import type { Value } from '../value.js';
import type { Cursor } from './cursor.js';

/** How many values one document may hold once its aliases are written out: more is an attack or an accident. */
const MAX_VALUES = 5_000_000;

/** The anchors (`&name`) and aliases (`*name`) of one document. An alias gives the very same object again. */
export class Anchors {
  readonly #cursor: Cursor;
  /** What each anchor stands for; undefined until its node is read. */
  readonly #anchors = new Map<string, { value: Value; size: number } | undefined>();
  /** The values so far, with aliases written out. */
  #size = 0;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** To be told of every value that is read. */
  count(): void {
    this.#size++;
  }

  /** Reads the node that belongs to an anchor. @param start where the anchor was, for errors */
  define(name: string, start: number, read: () => Value): Value {
    if (this.#anchors.has(name)) throw this.#cursor.error(`there are two anchors &${name}`, start);
    this.#anchors.set(name, undefined);
    const before = this.#size;
    const value = read();
    this.#anchors.set(name, { value, size: this.#size - before });
    return value;
  }

  /** @throws FailedError for a name that no anchor before has, or that of a collection that the alias is in */
  resolve(name: string, start: number): Value {
    const target = this.#anchors.get(name);
    if (target === undefined) {
      const why = this.#anchors.has(name) ? 'stands within what it stands for' : 'has no anchor before it';
      throw this.#cursor.error(`the alias *${name} ${why}`, start);
    }
    this.#size += target.size;
    if (this.#size <= MAX_VALUES) return target.value;
    throw this.#cursor.error(`with aliases written out there are more than ${MAX_VALUES} values`, start);
  }
}
