import { Float, numeric, type Key, type Value } from './value.js';

/**
 * JSON as Python's `json.dumps(value, sort_keys=True, separators=(',', ':'))` writes it: no blanks, keys sorted by code
 * point (numbers by value), everything but printable ASCII escaped. Bundles and `__identifier` are hashes of this text.
 */
export function canonicalJson(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof Map) return mappingJson(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  return value instanceof Float ? floatText(value.value) : String(value);
}

function mappingJson(mapping: ReadonlyMap<Key, Value>): string {
  const entries = sortedKeys(mapping.keys()).map(
    (key) => `${quote(keyText(key))}:${canonicalJson(mapping.get(key) ?? null)}`,
  );
  return `{${entries.join(',')}}`;
}

/** A key as a JSON document has it: always text. */
export function keyText(key: Key): string {
  return typeof key === 'string' ? key : canonicalJson(key);
}

/** The keys of a mapping in Python's order. */
function sortedKeys(keys: Iterable<Key>): Key[] {
  const list = [...keys];
  const texts = list.filter((key) => typeof key === 'string');
  if (texts.length === list.length) return sortedTexts(texts);
  return list.sort((a, b) => (numeric(a) < numeric(b) ? -1 : 1));
}

/** Texts in the order of their code points, sorted in place. */
export function sortedTexts(texts: string[]): string[] {
  texts.sort();
  // The order of UTF-16 units is that of code points unless there are surrogates.
  return texts.some((text) => SURROGATE.test(text)) ? texts.sort(byCodePoint) : texts;
}

const SURROGATE = /[\ud800-\udfff]/;

function byCodePoint(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (const [at, character] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    if (character !== other) return (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  }
  return left.length - right.length;
}

/** A JSON string in printable ASCII. */
export function quote(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(NOT_ASCII, escapeUnit);
}

const NEEDS_ESCAPE = /[^ !#-[\]-~]/;
const NOT_ASCII = /[\u007f-\uffff]/g;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A finite float as Python's `repr` prints it: always with a point or an exponent, the shortest digits that are exact. */
export function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const [, sign = '', first = '', rest = '', power = ''] = DIGITS.exec(value.toExponential()) ?? [];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const mantissa = rest === '' ? first : `${first}.${rest}`;
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${first}${rest}`;
  const whole = (first + rest).padEnd(exponent + 1, '0');
  return `${sign}${whole.slice(0, exponent + 1)}.${whole.slice(exponent + 1) || '0'}`;
}

const DIGITS = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;
