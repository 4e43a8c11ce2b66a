import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { Float, type Scalar } from '../../../../../src/qontract-server/bundler/value.js';
import { NotJson, resolvePlain } from '../../../../../src/qontract-server/bundler/yaml/resolve-scalar.js';

const float = (value: number): Float => new Float(value);

describe('resolvePlain', () => {
  test.each<[value: Scalar, words: string]>([
    [true, 'yes Yes YES true True TRUE on On ON'],
    [false, 'no No NO false False FALSE off Off OFF'],
    [null, ' ~ null Null NULL'],
  ])('reads %p', (value, words) => {
    for (const word of words.split(' ')) expect(resolvePlain(word)).toBe(value);
  });

  test.each<[text: string, value: Scalar]>([
    ['0', 0],
    ['-17', -17],
    ['+17', 17],
    ['1_000', 1000],
    ['0777', 511],
    ['-0777', -511],
    ['00', 0],
    ['0b101', 5],
    ['0x1f', 31],
    ['0xFF_FF', 65_535],
    ['1:30', 90],
    ['-1:02:03', -3723],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['-123456789012345678901234567890', -123_456_789_012_345_678_901_234_567_890n],
    ['1.5', float(1.5)],
    ['1.', float(1)],
    ['.5', float(0.5)],
    ['1.0e+3', float(1000)],
    ['1_0.5', float(10.5)],
    ['-0.0', float(-0)],
    ['1:30.5', float(90.5)],
  ])('reads %j as %p', (text, value) => {
    expect(resolvePlain(text)).toEqual(value);
  });

  test.each([
    ...['y', 'n', 'yEs', 'nULL', 'none', '08', '0o17', '1e3', '1.0e3', '-.5', '1.2.3', '10.0.0.0/8', '1:60'],
    ...[
      '5432:5432',
      '0:30',
      '2024-1-1',
      '2024-01',
      '1,000',
      '_1',
      '.',
      '-',
      '+',
      'inf',
      '.iNF',
      '-.nan',
      '0x',
      '~a',
    ],
  ])('leaves %j the text that it is', (text) => {
    expect(resolvePlain(text)).toBe(text);
  });

  test.each([
    ['2024-01-31', 'a date'],
    ['2024-1-31T1:02:03', 'a date'],
    ['2001-12-14 21:59:43.10 -05:00', 'a date'],
    ['.inf', 'an infinite or undefined number'],
    ['-.INF', 'an infinite or undefined number'],
    ['.NaN', 'an infinite or undefined number'],
    ['1.0e+999', 'a number too large for a float'],
    ['=', 'a default-value mark'],
    ['<<', 'a merge mark'],
  ])('has no JSON value for %j', (text, what) => {
    expect(resolvePlain(text)).toEqual(new NotJson(what));
  });

  test('reads every integer that it is given in decimal', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(resolvePlain(String(value))).toBe(Number.isSafeInteger(Number(value)) ? Number(value) : value);
      }),
    );
  });
});
