import type { FailedError } from '../../../errors.js';
import { keyText } from '../canonical-json.js';
import { isMapping, type Key, type Mapping, type Scalar, type Value } from '../value.js';
import { Anchors } from './anchors.js';
import type { Cursor } from './cursor.js';
import { toKey, type MappingBuilder } from './mapping-builder.js';
import { plainScalar, startsPlain } from './plain-scalar.js';
import { readAlias, type Properties } from './properties.js';
import { quotedScalar } from './quoted-scalar.js';
import { NotJson, resolvePlain } from './resolve-scalar.js';
import { YAML_TAG, resolveTagged, unusable } from './resolve-tagged.js';

/** Collections within collections, at most. */
const MAX_DEPTH = 500;

/** No key is longer, in characters, unless `?` introduces it (YAML 1.1, section 9.1). */
const MAX_KEY = 1024;

const MERGE_KEY = /<<(?=[ \t]*:(?:\s|$))/y;
const VALUE_KEY = /=(?=[ \t]*:(?:\s|$))/y;

/** Stands for the key `<<`, whose value is merged into its mapping. */
export const MERGE = Symbol('<<');

/** What the two styles of YAML, flow and block, have in common: scalars, aliases, anchors, tags and keys. */
export class NodeReader {
  readonly cursor: Cursor;
  readonly #anchors: Anchors;
  /** The keys that lead to the value being read. */
  readonly #path: Key[] = [];
  #depth = 0;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
    this.#anchors = new Anchors(cursor);
  }

  /** Reads a node that has these properties. @param read gets the tag */
  withProperties(properties: Properties | undefined, read: (tag: string | undefined) => Value): Value {
    if (properties === undefined) return read(undefined);
    const { anchor, tag, start } = properties;
    return anchor === undefined ? read(tag) : this.#anchors.define(anchor, start, () => read(tag));
  }

  /** Reads the alias under the cursor. */
  alias(tag: string | undefined): Value {
    const start = this.cursor.at;
    if (tag !== undefined) throw this.cursor.error('an alias cannot have a tag');
    const value = this.#anchors.resolve(readAlias(this.cursor), start);
    if (this.#depth + heightOf(value) > MAX_DEPTH) throw this.#tooDeep();
    return value;
  }

  /** Reads the plain or quoted scalar under the cursor. @throws FailedError when none begins here */
  scalar(indent: number, inFlow: boolean, tag: string | undefined): Scalar {
    const start = this.cursor.at;
    const first = this.cursor.text[start] ?? '';
    if (first === '"' || first === "'") return this.text(quotedScalar(this.cursor), start, tag);
    if (!startsPlain(this.cursor, inFlow)) throw this.#unexpected();
    const text = plainScalar(this.cursor, indent, inFlow);
    return this.#checked(tag === undefined ? resolvePlain(text) : resolveTagged(tag, text), text, start);
  }

  /** The value of a quoted or block scalar. @param start where it was */
  text(text: string, start: number, tag: string | undefined): Scalar {
    return this.#checked(tag === undefined ? text : resolveTagged(tag, text), text, start);
  }

  /** The value of a node that has no content, but may have a tag. */
  empty(tag: string | undefined): Scalar {
    return tag === undefined ? null : this.text('', this.cursor.at, tag);
  }

  /** To be told when a collection begins. @param tag besides none it may only be that of its kind */
  enter(kind: 'map' | 'seq', tag: string | undefined): void {
    this.#anchors.count();
    if (++this.#depth > MAX_DEPTH) throw this.#tooDeep();
    if (tag !== undefined && tag !== YAML_TAG + kind) throw this.#notJson(unusable(tag), '', this.cursor.at);
  }

  /** To be told when a collection ends. */
  leave(): void {
    this.#depth--;
  }

  /** Reads the keys that YAML 1.1 gives a meaning, `<<` and `=`; undefined for all others. */
  specialKey(): typeof MERGE | '=' | undefined {
    const character = this.cursor.text[this.cursor.at];
    if (character === '<' && this.#matches(MERGE_KEY)) {
      this.cursor.at += 2;
      return MERGE;
    }
    if (character !== '=' || !this.#matches(VALUE_KEY)) return undefined;
    this.cursor.at += 1;
    return '=';
  }

  /** Whether what began at `start` has the form of a key: on one line, and not too long. */
  isKey(start: number): boolean {
    return this.cursor.lineStart <= start && this.cursor.at - start <= MAX_KEY;
  }

  /** Adds an entry to a mapping. @param start where the key was  @param read reads the value */
  addEntry(mapping: MappingBuilder, key: Value | typeof MERGE, start: number, read: () => Value): void {
    if (key === MERGE) {
      if (!mapping.merge(read())) throw this.cursor.error('<< needs a mapping, or a list of mappings', start);
      return;
    }
    const name = toKey(key);
    if (name === undefined) throw this.cursor.error('a list or mapping cannot be a key', start);
    this.#path.push(name);
    mapping.add(name, read());
    this.#path.pop();
  }

  /** @param start where the mapping was */
  finish(mapping: MappingBuilder, start: number): Mapping {
    const finished = mapping.build();
    if (finished !== undefined) return finished;
    throw this.cursor.error(
      'the keys of this mapping are partly text and partly not',
      start,
      'put its keys in quotes',
    );
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.cursor.at;
    return pattern.test(this.cursor.text);
  }

  #tooDeep(): FailedError {
    return this.cursor.error(`more than ${MAX_DEPTH} levels of lists and mappings`);
  }

  /** What is wrong with a place where no node begins. */
  #unexpected(): FailedError {
    const character = this.cursor.text[this.cursor.at];
    if (character === undefined || this.cursor.atEnd) return this.cursor.error('the document ends too early');
    const hint = 'put the text in quotes if it begins with this character';
    return this.cursor.error(
      `nothing can begin with ${JSON.stringify(character)} here`,
      this.cursor.at,
      hint,
    );
  }

  #checked(value: Scalar | NotJson, text: string, start: number): Scalar {
    this.#anchors.count();
    if (value instanceof NotJson) throw this.#notJson(value, text, start);
    return value;
  }

  #notJson({ what }: NotJson, text: string, start: number): FailedError {
    const place = this.#path.length === 0 ? 'this' : this.#path.map(keyText).join('.');
    const shown = text === '' || text.length > 40 ? '' : ` (${text})`;
    const hint = 'put the value in quotes if it is meant as text';
    return this.cursor.error(`${place} is ${what}${shown}, which JSON cannot hold`, start, hint);
  }
}

/** How many levels of lists and mappings a value has. */
function heightOf(value: Value): number {
  if (!isMapping(value) && !Array.isArray(value)) return 0;
  let highest = 0;
  for (const item of value.values()) highest = Math.max(highest, heightOf(item));
  return highest + 1;
}
