import { Arguments } from './arguments.js';
import { TemplateUnsupported, templateError } from './errors.js';
import { toNumber } from './operators.js';
import {
  Attributes,
  Callable,
  isDictionary,
  isList,
  itemsOf,
  notA,
  toText,
  Tuple,
  typeName,
  Undefined,
  type Dictionary,
  type Value,
} from './values.js';
import { capitalized, replaced, titled, trimmed } from './text.js';

type Method<T> = (self: T, args: Arguments) => Value;

const TEXT_METHODS: Readonly<Record<string, Method<string>>> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  capitalize: capitalized,
  title: titled,
  strip: (text, args) => trimmed(text, args.get(0, 'chars'), 'both'),
  lstrip: (text, args) => trimmed(text, args.get(0, 'chars'), 'start'),
  rstrip: (text, args) => trimmed(text, args.get(0, 'chars'), 'end'),
  startswith: (text, args) => text.startsWith(textArgument(args, 'prefix')),
  endswith: (text, args) => text.endsWith(textArgument(args, 'suffix')),
  join: (text, args) => itemsOf(args.need(0, 'iterable')).map(asText).join(text),
  replace: (text, args) => replaced(text, args),
  split: splitText,
  splitlines: (text) => text.replace(/\n$/, '').split('\n'),
};

const DICTIONARY_METHODS: Readonly<Record<string, Method<Dictionary>>> = {
  items: (dictionary) => [...dictionary].map((entry) => Tuple.from(entry)),
  keys: (dictionary) => [...dictionary.keys()],
  values: (dictionary) => [...dictionary.values()],
  get: (dictionary, args) => {
    const value = dictionary.get(args.need(0, 'key'));
    return value === undefined ? (args.get(1, 'default') ?? null) : value;
  },
};

/** What else Python's types can do: a template that uses it is right, and beyond this evaluator. */
const OTHER_METHODS: Readonly<Record<'text' | 'dictionary' | 'list', readonly string[]>> = {
  text: [
    ...['casefold', 'center', 'count', 'encode', 'expandtabs', 'find', 'format', 'format_map', 'index'],
    ...['isalnum', 'isalpha', 'isascii', 'isdecimal', 'isdigit', 'isidentifier', 'islower', 'isnumeric'],
    ...['isprintable', 'isspace', 'istitle', 'isupper', 'ljust', 'partition', 'removeprefix', 'removesuffix'],
    ...['rfind', 'rindex', 'rjust', 'rpartition', 'rsplit', 'swapcase', 'translate', 'zfill'],
  ],
  dictionary: ['clear', 'copy', 'fromkeys', 'pop', 'popitem', 'setdefault', 'update'],
  list: [
    ...['append', 'clear', 'copy', 'count', 'extend', 'index', 'insert', 'pop', 'remove', 'reverse', 'sort'],
  ],
};

/** `value.name`: a method, else the item of that name. */
export function attributeOf(value: Value, name: string): Value {
  if (value instanceof Undefined) return value.fail();
  const method = methodOf(value, name);
  if (method !== undefined) return method;
  if (isDictionary(value) && value.has(name)) return value.get(name) ?? null;
  if (value instanceof Attributes && value.values.has(name)) return value.values.get(name) ?? null;
  return new Undefined(`${typeName(value)} has no attribute ${name}`);
}

/** `value[key]`: an item, else what is called so. */
export function itemOf(value: Value, key: Value): Value {
  if (value instanceof Undefined) return value.fail();
  if (key instanceof Undefined) return key.fail();
  if (isDictionary(value) && value.has(key)) return value.get(key) ?? null;
  if ((isList(value) || typeof value === 'string') && typeof key === 'number') {
    const item = itemsOf(value).at(key);
    return item === undefined ? new Undefined(`${typeName(value)} has no item ${key}`) : item;
  }
  return typeof key === 'string'
    ? attributeOf(value, key)
    : new Undefined(`${typeName(value)} has no item ${toText(key)}`);
}

/** `value[start:stop:step]` */
export function sliceOf(value: Value, bounds: readonly (Value | undefined)[]): Value {
  const [start, stop, step] = bounds.map((bound) =>
    bound === undefined || bound === null ? undefined : toNumber(bound),
  );
  if (step !== undefined && step !== 1) throw new TemplateUnsupported('a slice with a step');
  if (isDictionary(value)) return notA(value, 'a list');
  const items = itemsOf(value).slice(start, stop);
  if (typeof value === 'string') return items.map(asText).join('');
  return value instanceof Tuple ? Tuple.from(items) : items;
}

function methodOf(value: Value, name: string): Callable | undefined {
  if (typeof value === 'string') return bound(TEXT_METHODS, value, name, OTHER_METHODS.text);
  if (isDictionary(value)) return bound(DICTIONARY_METHODS, value, name, OTHER_METHODS.dictionary);
  return isList(value) ? bound({}, value, name, OTHER_METHODS.list) : undefined;
}

function bound<T>(
  methods: Readonly<Record<string, Method<T>>>,
  self: T,
  name: string,
  others: readonly string[],
): Callable | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method !== undefined) return new Callable((args, named) => method(self, new Arguments(args, named)));
  if (others.includes(name)) throw new TemplateUnsupported(`the method ${name}`);
  return undefined;
}

function textArgument(args: Arguments, name: string): string {
  const value = args.need(0, name);
  if (isList(value)) throw new TemplateUnsupported(`several of ${name} at once`);
  return asText(value);
}

function asText(value: Value): string {
  return typeof value === 'string' ? value : notA(value, 'text');
}

function splitText(text: string, args: Arguments): Value {
  if (args.get(1, 'maxsplit') !== undefined) throw new TemplateUnsupported('a split with a limit');
  const separator = args.get(0, 'sep');
  if (separator === undefined || separator === null) return text.split(/\s+/).filter((part) => part !== '');
  if (separator === '') throw templateError('a separator must not be empty');
  return text.split(asText(separator));
}
