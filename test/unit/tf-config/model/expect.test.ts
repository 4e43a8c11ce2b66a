import { describe, expect, test } from '@jest/globals';

import type { Json } from '../../../../src/json.js';
import {
  expectList,
  expectNumber,
  expectObject,
  expectPresent,
  expectSecret,
  expectText,
} from '../../../../src/tf-config/model/expect.js';
import { valueAt } from '../../../../src/tf-config/model/values.js';

type Reader = (value: Json | undefined, what: string) => Json;

const READERS = { text: expectText, number: expectNumber, list: expectList, object: expectObject };
const VALUES: Record<keyof typeof READERS, Json> = { text: '', number: 0, list: [], object: {} };

describe.each(Object.entries(READERS))('a reader of a %s', (kind, read: Reader) => {
  test.each(Object.entries(VALUES))('given a %s takes it only if that is what it reads', (other, value) => {
    if (other === kind) expect(read(value, 'port')).toBe(value);
    else expect(() => read(value, 'port')).toThrow(/^port must be .+, not /);
  });

  test('says what is missing, and takes no null', () => {
    expect(() => read(undefined, 'port')).toThrow('port is missing');
    expect(() => read(null, 'port')).toThrow('not null');
  });
});

test('null is present', () => {
  expect(expectPresent(null, 'x')).toBeNull();
  expect(() => expectPresent(undefined, 'x')).toThrow('x is missing');
});

test.each<[Json, string]>([
  [{ field: 'f' }, 'ca.path is missing'],
  [{ path: 'p', field: 1 }, 'ca.field must be text, not 1'],
  [{ path: 'p', field: 'f', version: '1' }, 'ca.version must be a number, not "1"'],
  ['p', 'ca must be an object, not "p"'],
])('%j is no place of a secret: %s', (value, message) => {
  expect(() => expectSecret(value, 'ca')).toThrow(message);
});

test('a secret has neither version nor format unless it says so', () => {
  expect(expectSecret({ path: 'p', field: 'f' }, 'ca')).toEqual({
    ...{ path: 'p', field: 'f', version: null, format: null },
  });
});

test('a value deep inside is found, is undefined when a key is missing, and never looked for in what is no object', () => {
  const values = { a: { b: { c: 0 } }, n: null };
  expect(valueAt(values, ['a', 'b', 'c'])).toBe(0);
  expect(valueAt(values, ['a', 'x', 'y', 'z'])).toBeUndefined();
  expect(() => valueAt(values, ['n', 'x'])).toThrow('n must be an object, not null');
  expect(() => valueAt(values, ['a', 'b', 'c', 'd'])).toThrow('a.b.c must be an object, not 0');
});
