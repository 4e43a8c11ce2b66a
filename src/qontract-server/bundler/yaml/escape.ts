import type { Cursor } from './cursor.js';

/** The escapes of one letter in double quotes (YAML 1.1, section 5.6). */
const LETTERS: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

/** How many hexadecimal digits follow these letters. */
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * The character that an escape stands for, the cursor on its backslash and then behind it.
 *
 * @returns undefined for an escaped line end, with the cursor on the line end
 */
export function readEscape(cursor: Cursor): string | undefined {
  const start = cursor.at;
  const letter = cursor.text[start + 1] ?? '';
  if (letter === '\n') {
    cursor.at += 1;
    return undefined;
  }
  cursor.at += 2;
  const character = LETTERS[letter] ?? readCodePoint(cursor, DIGITS[letter] ?? 0);
  if (character !== undefined) return character;
  throw cursor.error(`\\${letter} is no escape`, start, 'write \\\\ for a backslash, or use single quotes');
}

function readCodePoint(cursor: Cursor, length: number): string | undefined {
  const digits = cursor.text.slice(cursor.at, cursor.at + length);
  const code = Number.parseInt(digits, 16);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (length === 0 || !/^[\da-fA-F]+$/.test(digits) || digits.length < length) return undefined;
  if (isSurrogate || code > 0x10ffff) return undefined;
  cursor.at += length;
  return String.fromCodePoint(code);
}
