import { sourceError, type Source } from './source-error.js';
import { Float, integer, type Value, type Mapping, type List } from './value.js';
import { messageOf } from '../../errors.js';

/** The document of a JSON file, with the exact integers, floats and key order that `JSON.parse` would lose. */
export function loadJson(source: Source): Value {
  try {
    JSON.parse(source.text);
  } catch (error) {
    throw sourceError(source, 0, `not JSON: ${messageOf(error)}`, { cause: error });
  }
  return new Reader(source).value();
}

const TOKEN = /[\s,:]*("(?:[^"\\]|\\.)*"|[[\]{}]|[^\s,:[\]{}"]+)/y;

/** Reads text that is known to be JSON. */
class Reader {
  readonly #source: Source;
  #at = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  value(token = this.#next()): Value {
    if (token === '{') return this.#mapping();
    if (token === '[') return this.#list();
    if (token.startsWith('"')) return String(JSON.parse(token));
    return this.#scalar(token);
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
    throw sourceError(this.#source, this.#at, `${token} is too large for a float`);
  }
}
