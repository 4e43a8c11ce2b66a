/**
 * Documents as the bundler reads them: what a JSON document can hold, with what JavaScript's own values would lose.
 * Mappings keep their order, whatever their keys look like; integers of any size and floats such as `1.0` are printed
 * again as they are.
 */
export type Value = Scalar | List | Mapping;

export type Scalar = null | boolean | string | Integer | Float;

/** A whole number: `bigint` where a double would lose digits. */
export type Integer = number | bigint;

export type List = Value[];

/** The keys of one mapping are all text, or all numbers, or there is but one: otherwise they have no order. */
export type Mapping = Map<Key, Value>;

/** Text, but for the odd YAML mapping of numbers. */
export type Key = Scalar;

/** A finite floating-point number, told apart from an integer of the same value. */
export class Float {
  constructor(readonly value: number) {}
}

export function isMapping(value: Value | undefined): value is Mapping {
  return value instanceof Map;
}

/** The integer as a number where that is exact. */
export function integer(value: bigint): Integer {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** The value at a text key of a mapping; undefined when there is none, or when it is no mapping. */
export function field(value: Value | undefined, key: string): Value | undefined {
  return isMapping(value) ? value.get(key) : undefined;
}

/** As `field`, for values that are text. */
export function textField(value: Value | undefined, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** The number that a key is, other than text or null; equal keys have equal numbers. */
export function numeric(key: Key): number | bigint {
  if (key instanceof Float) return key.value;
  return typeof key === 'bigint' ? key : Number(key);
}
