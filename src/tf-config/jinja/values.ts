import { isJsonObject, type Json } from '../../json.js';
import { templateError, TemplateUnsupported } from './errors.js';

/** What an expression can be. Dictionaries keep the order of their keys, as in Python. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | Dictionary
  | Float
  | Undefined
  | Attributes
  | Callable;

export type Dictionary = ReadonlyMap<Value, Value>;

/** A number that is a float to Python though it may have an integer's value: `4 / 2`. */
export class Float {
  constructor(readonly value: number) {}
}

/** A list that Python writes in round brackets. */
export class Tuple extends Array<Value> {}

/** What there is not. Anything but asking whether it is defined fails, as Jinja2 does when it is strict. */
export class Undefined {
  constructor(readonly problem: string) {}

  fail(): never {
    throw templateError(this.problem);
  }
}

/** An object with attributes: a namespace (whose attributes can be set), or a loop's state. */
export class Attributes {
  constructor(
    readonly what: 'namespace' | 'loop',
    readonly values: Map<string, Value>,
  ) {}
}

/** Something that can be called. */
export class Callable {
  constructor(readonly call: (args: readonly Value[], named: ReadonlyMap<string, Value>) => Value) {}
}

/** A JSON value as a template sees it. */
export function fromJson(json: Json): Value {
  if (Array.isArray(json)) return json.map(fromJson);
  if (isJsonObject(json)) return new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)]));
  return json;
}

/** The other way round, for JSON text. @throws FailedError when JSON has nothing like it */
export function toJson(value: Value): Json {
  if (isList(value)) return value.map(toJson);
  if (isDictionary(value)) {
    return Object.fromEntries([...value].map(([key, item]) => [toText(key), toJson(item)]));
  }
  if (value instanceof Float && !Number.isInteger(value.value)) return value.value;
  if (value instanceof Float) throw new TemplateUnsupported('JSON of a whole float');
  return isScalar(value) ? value : notA(value, 'JSON');
}

export function isScalar(value: Value): value is null | boolean | number | string {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value);
}

export function isDictionary(value: Value): value is Dictionary {
  return value instanceof Map;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** @throws FailedError always: `value` is not what is wanted */
export function notA(value: Value, wanted: string): never {
  if (value instanceof Undefined) return value.fail();
  throw templateError(`${typeName(value)} is not ${wanted}`);
}

export function typeName(value: Value): string {
  if (value === null) return 'none';
  if (isList(value)) return 'a list';
  if (isDictionary(value)) return 'a dictionary';
  if (value instanceof Callable) return 'a function';
  if (value instanceof Attributes) return `a ${value.what}`;
  return typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'a boolean' : 'a number';
}

/** Python's truth value. */
export function isTrue(value: Value): boolean {
  if (value instanceof Undefined) return value.fail();
  if (isList(value)) return value.length > 0;
  if (isDictionary(value)) return value.size > 0;
  if (value instanceof Float) return value.value !== 0;
  return Boolean(value);
}

/** What a loop goes through: items, keys, characters. @throws FailedError when it is nothing of the kind */
export function itemsOf(value: Value): Value[] {
  if (isList(value)) return [...value];
  if (isDictionary(value)) return [...value.keys()];
  if (typeof value === 'string') return Array.from(value);
  return notA(value, 'iterable');
}

/** Text as `str` gives it. */
export function toText(value: Value): string {
  if (value instanceof Undefined) return value.fail();
  return typeof value === 'string' ? value : toLiteral(value);
}

/** Text as `repr` gives it: what a list shows of its items. */
export function toLiteral(value: Value): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Tuple) return `(${value.map(toLiteral).join(', ')}${value.length === 1 ? ',' : ''})`;
  if (isList(value)) return `[${value.map(toLiteral).join(', ')}]`;
  if (isDictionary(value)) {
    return `{${[...value].map(([key, item]) => `${toLiteral(key)}: ${toLiteral(item)}`).join(', ')}}`;
  }
  throw new TemplateUnsupported(`the text of ${typeName(value)}`);
}

function floatText(value: number): string {
  if (Math.abs(value) >= 1e16 || (value !== 0 && Math.abs(value) < 1e-4)) {
    throw new TemplateUnsupported('very large or small floats');
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const inner = text.replaceAll(/[\\\n\r\t\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return escapes[character] ?? escapedCode(code);
  });
  return quote + inner.replaceAll(quote, `\\${quote}`) + quote;
}

function escapedCode(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}
