import { Float, integer, type Integer, type Scalar } from '../value.js';

/** A plain scalar that YAML 1.1 gives a type which JSON has no value for. */
export class NotJson {
  /** @param what the type, as a noun with its article */
  constructor(readonly what: string) {}
}

/**
 * The value of a plain (unquoted, untagged) scalar by the implicit types of YAML 1.1 as PyYAML's safe loader knows them
 * (yaml.org/type: bool, float, int, null, timestamp, merge, value): `yes` is true, `0777` is 511, `1:30` is 90, `1e3` is
 * text.
 */
export function resolvePlain(text: string): Scalar | NotJson {
  const first = text.charCodeAt(0);
  if (first > 122 && first !== TILDE) return text;
  if (text === '') return null;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  return STARTS_NUMBER.test(text) ? resolveNumber(text) : text;
}

const TILDE = 126;

const WORDS = new Map<string, Scalar | NotJson>([
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ['=', new NotJson('a default-value mark')],
  ['<<', new NotJson('a merge mark')],
]);

const STARTS_NUMBER = /^[-+.\d]/;

function resolveNumber(text: string): Scalar | NotJson {
  return parseInteger(text) ?? parseFloat11(text) ?? (isTimestamp(text) ? new NotJson('a date') : text);
}

/** The forms of an integer without its sign, and how its digits are read once the underscores are gone. */
const INTEGERS: readonly (readonly [RegExp, (digits: string) => bigint])[] = [
  [/^(?:0|[1-9][\d_]*)$/, BigInt],
  [/^0[0-7_]+$/, (digits) => BigInt(`0o0${digits}`)],
  [/^0b_*[01][01_]*$/, BigInt],
  [/^0x_*[\da-fA-F][\da-fA-F_]*$/, BigInt],
  [
    /^[1-9][\d_]*(?::[0-5]?\d)+$/,
    (digits) => digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n),
  ],
];

/** The integer that YAML 1.1 reads in `text`: decimal, octal (`0777`), binary, hexadecimal or base 60 (`1:30`). */
export function parseInteger(text: string): Integer | undefined {
  const unsigned = text.replace(/^[-+]/, '');
  for (const [form, read] of INTEGERS) {
    if (!form.test(unsigned)) continue;
    const value = read(unsigned.replaceAll('_', ''));
    return integer(text.startsWith('-') ? -value : value);
  }
  return undefined;
}

const FLOAT = /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?)$/;
const SEXAGESIMAL_FLOAT = /^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The float that YAML 1.1 reads in `text`; an exponent needs a point before it and a sign, as in `1.0e+3`. */
export function parseFloat11(text: string): Float | NotJson | undefined {
  const digits = text.replaceAll('_', '');
  if (FLOAT.test(text)) return finite(Number(digits));
  if (SEXAGESIMAL_FLOAT.test(text)) {
    const sum = digits
      .replace(/^[-+]/, '')
      .split(':')
      .reverse()
      .reduce((total, part, place) => total + Number(part) * 60 ** place, 0);
    return finite(text.startsWith('-') ? -sum : sum);
  }
  return NOT_FINITE.test(text) ? new NotJson('an infinite or undefined number') : undefined;
}

function finite(value: number): Float | NotJson {
  return Number.isFinite(value) ? new Float(value) : new NotJson('a number too large for a float');
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const TIMESTAMP =
  /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/;

function isTimestamp(text: string): boolean {
  return DATE.test(text) || TIMESTAMP.test(text);
}
