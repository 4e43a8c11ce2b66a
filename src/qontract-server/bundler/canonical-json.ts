import { Float, type Key, type Value } from './value.js';

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
  const keys = sortedKeys(mapping.keys());
  return `{${keys.map((key) => `${quote(String(key))}:${canonicalJson(mapping.get(key) ?? null)}`).join(',')}}`;
}

/** Keys in Python's order. The keys of one mapping are of one type. */
export function sortedKeys<K extends Key>(keys: Iterable<K>): K[] {
  const list = [...keys];
  if (list.every((key) => typeof key === 'string')) {
    list.sort();
    // UTF-16 order is code point order unless there are surrogates.
    return list.some((key) => SURROGATE.test(key)) ? list.sort(compareCodePoints) : list;
  }
  return list.sort((a, b) => Number(a) - Number(b));
}

const SURROGATE = /[\ud800-\udfff]/;

/** Text in the order of its code points, as Python compares it. */
export function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
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
