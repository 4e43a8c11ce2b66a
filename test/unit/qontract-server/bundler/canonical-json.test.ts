import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { canonicalJson, floatText } from '../../../../src/qontract-server/bundler/canonical-json.js';
import { loadJson } from '../../../../src/qontract-server/bundler/load-json.js';
import { Float, type Value } from '../../../../src/qontract-server/bundler/value.js';
import { oracleFile } from '../../../support/oracle.js';

const canonical = (text: string): string => canonicalJson(loadJson({ name: 'a.json', text }));

describe('canonicalJson', () => {
  test.each(['public', 'errors'] as const)('prints the %s bundle of the real bundler as it is', (part) => {
    const bundle = readFileSync(oracleFile(part, 'bundle.json'), 'utf8');
    expect(`${canonical(bundle)}\n`).toBe(bundle);
  });

  test('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(canonical(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('is the same for any order of keys, and printable ASCII without blanks', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), fc.integer()), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(entries, (list) => {
        const text = canonicalJson(new Map(list));
        expect(text).toBe(canonicalJson(new Map(list.toReversed())));
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        expect(text).toHaveLength(text.trim().length);
      }),
    );
  });

  test('sorts keys by code point, not by UTF-16 unit', () => {
    const keys = ['b', '\u{1f600}', 'a', '\uffe0', 'ab', '\u{1f600}a', ''];
    const text = canonicalJson(new Map(keys.map((key) => [key, null])));
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      '',
      'a',
      'ab',
      'b',
      '\uffe0',
      '\u{1f600}',
      '\u{1f600}a',
    ]);
  });

  test('sorts numeric keys as numbers', () => {
    const mapping = new Map<Value & (number | Float), Value>([
      [10, 'a'],
      [9, 'b'],
      [new Float(8.5), 'c'],
    ]);
    expect(canonicalJson(mapping)).toBe('{"8.5":"c","9":"b","10":"a"}');
  });

  test.each([
    ['"', '"\\""'],
    ['\\/', '"\\\\/"'],
    ['\b\t\n\f\r', '"\\b\\t\\n\\f\\r"'],
    ['\u0000\u001f\u007f\u0080', '"\\u0000\\u001f\\u007f\\u0080"'],
    ['\u00e9\u{1f600}', '"\\u00e9\\ud83d\\ude00"'],
    ['\ud800', '"\\ud800"'],
  ])('escapes %j as Python does', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test('keeps integers of any size', () => {
    expect(canonicalJson([12_345_678_901_234_567_890n, 0, -1])).toBe('[12345678901234567890,0,-1]');
  });
});

describe('floatText', () => {
  test.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [-1.5, '-1.5'],
    [100, '100.0'],
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [0.000012345, '1.2345e-05'],
    [123_456_789.123_456_79, '123456789.12345679'],
    [9_999_999_999_999_998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [12_345_678_901_234_567, '1.2345678901234568e+16'],
    [1e22, '1e+22'],
    [6.02e23, '6.02e+23'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [5e-324, '5e-324'],
  ])('prints %p as Python does: %s', (value, text) => {
    expect(floatText(value)).toBe(text);
  });

  test('is the number, told apart from an integer', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(floatText(value))).toBe(value);
        expect(floatText(value)).toMatch(/[.e]/);
      }),
    );
  });
});
