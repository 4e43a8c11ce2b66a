import { JsonSyntaxError } from './json-syntax-error.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** true, false and null, by their first byte. */
const LITERALS: (Uint8Array | undefined)[] = Array.from({ length: 256 });
for (const word of ['true', 'false', 'null']) LITERALS[word.charCodeAt(0)] = new TextEncoder().encode(word);

/** The bytes that may follow a backslash, but for `u`. */
const ESCAPED = new Set(new TextEncoder().encode('"\\/bfnrt'));

/** The position after the white space that begins at `at`, of which there is mostly none. */
export function spaceEnd(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  return byte === undefined || byte > SPACE ? at : spacesEnd(bytes, at);
}

function spacesEnd(bytes: Uint8Array, at: number): number {
  let position = at;
  for (;;) {
    const byte = bytes[position];
    if (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return position;
    position++;
  }
}

/** The position after the string that begins at `at`. @throws JsonSyntaxError */
export function stringEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) throw new JsonSyntaxError(bytes, at);
  let position = at + 1;
  for (;;) {
    const byte = bytes[position];
    if (byte === QUOTE) return position + 1;
    if (byte === BACKSLASH) position = escapeEnd(bytes, position);
    else if (byte === undefined || byte < SPACE) throw new JsonSyntaxError(bytes, position);
    else position++;
  }
}

/** The position after the number, true, false or null that begins at `at`. @throws JsonSyntaxError */
export function wordEnd(bytes: Uint8Array, at: number): number {
  const literal = LITERALS[bytes[at] ?? 0];
  if (literal === undefined) return numberEnd(bytes, at);
  for (let index = 1; index < literal.length; index++) {
    if (bytes[at + index] !== literal[index]) throw new JsonSyntaxError(bytes, at + index);
  }
  return at + literal.length;
}

function numberEnd(bytes: Uint8Array, at: number): number {
  let position = bytes[at] === 0x2d ? at + 1 : at;
  position = bytes[position] === 0x30 ? position + 1 : digitsEnd(bytes, position);
  if (bytes[position] === 0x2e) position = digitsEnd(bytes, position + 1);
  const exponent = bytes[position];
  if (exponent !== 0x65 && exponent !== 0x45) return position;
  const sign = bytes[position + 1];
  return digitsEnd(bytes, sign === 0x2b || sign === 0x2d ? position + 2 : position + 1);
}

/** One digit at least. */
function digitsEnd(bytes: Uint8Array, at: number): number {
  let position = at;
  while (isDigit(bytes[position])) position++;
  if (position === at) throw new JsonSyntaxError(bytes, at);
  return position;
}

function escapeEnd(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1];
  if (kind !== undefined && ESCAPED.has(kind)) return at + 2;
  if (kind !== 0x75) throw new JsonSyntaxError(bytes, at + 1);
  for (let position = at + 2; position < at + 6; position++) {
    if (!isHexDigit(bytes[position])) throw new JsonSyntaxError(bytes, position);
  }
  return at + 6;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte: number | undefined): boolean {
  const lower = (byte ?? 0) | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}
