import type { Arguments } from './arguments.js';
import { templateError, TemplateUnsupported } from './errors.js';
import { compare, isEqual, toNumber } from './operators.js';
import { Callable, Float, isDictionary, isList, isTrue, Undefined, type Value } from './values.js';

type Test = (value: Value, args: Arguments) => boolean;

function comparing(operator: string): Test {
  return (value, args) => compare(operator, value, args.need(0, 'other'));
}

const TESTS: Readonly<Record<string, Test>> = {
  defined: (value) => !(value instanceof Undefined),
  undefined: (value) => value instanceof Undefined,
  none: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  true: (value) => value === true,
  false: (value) => value === false,
  string: (value) => typeof value === 'string',
  number: (value) => ['number', 'boolean'].includes(typeof value) || value instanceof Float,
  integer: (value) => typeof value === 'number' && Number.isInteger(value),
  float: (value) => value instanceof Float || (typeof value === 'number' && !Number.isInteger(value)),
  mapping: (value) => isDictionary(value),
  sequence: (value) => isList(value) || typeof value === 'string' || isDictionary(value),
  iterable: (value) => isList(value) || typeof value === 'string' || isDictionary(value),
  callable: (value) => value instanceof Callable,
  odd: (value) => Math.abs(toNumber(value)) % 2 === 1,
  even: (value) => toNumber(value) % 2 === 0,
  divisibleby: (value, args) => toNumber(value) % toNumber(args.need(0, 'num')) === 0,
  lower: (value) => isCased(value, (text) => text.toLowerCase()),
  upper: (value) => isCased(value, (text) => text.toUpperCase()),
  in: (value, args) => compare('in', value, args.need(0, 'seq')),
  sameas: (value, args) => isEqual(value, args.need(0, 'other')),
  ...Object.fromEntries(['==', 'eq', 'equalto'].map((name) => [name, comparing('==')])),
  ...Object.fromEntries(['!=', 'ne'].map((name) => [name, comparing('!=')])),
  ...Object.fromEntries(['<', 'lt', 'lessthan'].map((name) => [name, comparing('<')])),
  ...Object.fromEntries(['>', 'gt', 'greaterthan'].map((name) => [name, comparing('>')])),
  ...Object.fromEntries(['<=', 'le'].map((name) => [name, comparing('<=')])),
  ...Object.fromEntries(['>=', 'ge'].map((name) => [name, comparing('>=')])),
};

const OTHER_TESTS = ['escaped', 'filter', 'test'];

/** Whether `value is name` with these arguments. @throws FailedError when there is no such test */
export function isSo(name: string, value: Value, args: Arguments): boolean {
  const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
  if (test !== undefined) return test(value, args);
  if (OTHER_TESTS.includes(name)) throw new TemplateUnsupported(`the test ${name}`);
  throw templateError(`there is no test ${name}`);
}

function isCased(value: Value, changed: (text: string) => string): boolean {
  if (value instanceof Undefined) return value.fail();
  return typeof value === 'string' && value === changed(value) && /\p{L}/u.test(value) && isTrue(value);
}
