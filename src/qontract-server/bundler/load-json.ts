import { messageOf, type FailedError } from '../../errors.js';
import { sourceError, type Source } from './source-error.js';
import { Float, integer, type Value, type Mapping, type List } from './value.js';

/** The document of a JSON file, with the exact integers, floats and key order that `JSON.parse` would lose. */
export function loadJson(source: Source): Value {
  try {
    JSON.parse(source.text);
  } catch (error) {
    throw sourceError(source, 0, `not JSON: ${messageOf(error)}`, { cause: error });
  }
  return new Reader(source).value();
}

/** Collections within collections, at most. */
const MAX_DEPTH = 500;

const TOKEN = /[\s,:]*("(?:[^"\\]|\\.)*"|[[\]{}]|[^\s,:[\]{}"]+)/y;

/** Reads text that is known to be JSON. */
class Reader {
  readonly #source: Source;
  #at = 0;
  #depth = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  value(token = this.#next()): Value {
    if (token === '{' || token === '[') {
      if (++this.#depth > MAX_DEPTH) throw this.#error(`more than ${MAX_DEPTH} levels of lists and mappings`);
      const collection = token === '{' ? this.#mapping() : this.#list();
      this.#depth--;
      return collection;
    }
    return token.startsWith('"') ? String(JSON.parse(token)) : this.#scalar(token);
  }

  #mapping(): Mapping {
    const mapping: Mapping = new Map();
    for (let token = this.#next(); token !== '}'; token = this.#next()) {
      mapping.set(String(JSON.parse(token)), this.value());
    }
    return mapping;
  }

  #list(): List {
    const list: List = [];
    for (let token = this.#next(); token !== ']'; token = this.#next()) list.push(this.value(token));
    return list;
  }

  #next(): string {
    TOKEN.lastIndex = this.#at;
    const token = TOKEN.exec(this.#source.text)?.[1] ?? '';
    this.#at = TOKEN.lastIndex;
    return token;
  }

  #scalar(token: string): Value {
    if (token === 'true') return true;
    if (token === 'false') return false;
    if (token === 'null') return null;
    if (!/[.eE]/.test(token)) return integer(BigInt(token));
    const value = Number(token);
    if (Number.isFinite(value)) return new Float(value);
    throw this.#error(`${token} is too large for a float`);
  }

  #error(problem: string): FailedError {
    return sourceError(this.#source, this.#at, problem);
  }
}
