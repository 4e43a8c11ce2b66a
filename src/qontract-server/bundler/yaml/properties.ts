import type { Cursor } from './cursor.js';

/** What may stand before a node: an anchor (`&name`), a tag (`!!str`), or both in any order. */
export interface Properties {
  readonly anchor: string | undefined;
  /** In full, e.g. `tag:yaml.org,2002:str`. */
  readonly tag: string | undefined;
  /** Where they begin. */
  readonly start: number;
}

const ANCHOR = /&([\w-]+)(?=[\s,[\]{}?:%@`]|$)[ \t]*/y;
const TAG = /!(?:<([^\s>]+)>|(![^\s,[\]{}!]+)|([^\s,[\]{}!]+))(?=[\s,[\]{}]|$)[ \t]*/y;
const ALIAS = /\*([\w-]+)(?=[\s,[\]{}?:%@`]|$)/y;

/** Reads the anchor and the tag under the cursor, and the blanks after them; undefined when there are none. */
export function readProperties(cursor: Cursor): Properties | undefined {
  const start = cursor.at;
  const first = cursor.text[start];
  if (first !== '&' && first !== '!') return undefined;
  let anchor = first === '&' ? readAnchor(cursor) : undefined;
  const tag = cursor.text[cursor.at] === '!' ? readTag(cursor) : undefined;
  if (anchor === undefined && cursor.text[cursor.at] === '&') anchor = readAnchor(cursor);
  return { anchor, tag, start };
}

/** Reads the alias under the cursor. @returns its name */
export function readAlias(cursor: Cursor): string {
  const [, name] = take(cursor, ALIAS, 'a name of letters and digits must follow *');
  return name ?? '';
}

function readAnchor(cursor: Cursor): string {
  const [, name] = take(cursor, ANCHOR, 'a name of letters and digits must follow &');
  return name ?? '';
}

function readTag(cursor: Cursor): string {
  const [, full, secondary, primary] = take(cursor, TAG, 'not a tag: !name, !!name or !<name>');
  if (full !== undefined) return full;
  if (secondary !== undefined) return `tag:yaml.org,2002:${secondary.slice(1)}`;
  return `!${primary ?? ''}`;
}

function take(cursor: Cursor, pattern: RegExp, problem: string): (string | undefined)[] {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text);
  if (match === null)
    throw cursor.error(problem, cursor.at, 'put the text in quotes if it is no YAML of that kind');
  cursor.at = pattern.lastIndex;
  return match;
}
