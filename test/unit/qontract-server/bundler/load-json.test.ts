import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { keyText } from '../../../../src/qontract-server/bundler/canonical-json.js';
import { loadJson } from '../../../../src/qontract-server/bundler/load-json.js';
import { Float, isMapping, type Value } from '../../../../src/qontract-server/bundler/value.js';

const load = (text: string): Value => loadJson({ name: 'a.json', text });

/** What `JSON.parse` would have made of it. */
function plain(value: Value): unknown {
  if (isMapping(value)) {
    return Object.fromEntries([...value].map(([key, item]) => [keyText(key), plain(item)]));
  }
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Float || typeof value === 'bigint' ? Number(valueOf(value)) : value;
}

function valueOf(value: Float | bigint): number | bigint {
  return value instanceof Float ? value.value : value;
}

describe('loadJson', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(plain(load(spaced))).toEqual(JSON.parse(spaced));
      }),
    );
  });

  test.each<[text: string, value: Value]>([
    ['1', 1],
    ['1.0', new Float(1)],
    ['1E5', new Float(100_000)],
    ['-0', 0],
    ['9007199254740993', 9_007_199_254_740_993n],
    ['" a\\u00e9, [{\\"}] "', ' aé, [{"}] '],
    [' [ ] ', []],
  ])('keeps %s exact', (text, value) => {
    expect(load(text)).toEqual(value);
  });

  test('keeps the order of keys; of equal keys the last counts', () => {
    const value = load('{"b": 1, "2": 2, "1": 3, "b": 4}');
    expect(isMapping(value) && [...value]).toEqual([
      ['b', 4],
      ['2', 2],
      ['1', 3],
    ]);
  });

  test.each([
    ['{"a": NaN}', /^a\.json:1:1: not JSON: /],
    ['{"a": 1,}', /^a\.json:1:1: not JSON: /],
    ['{"a": 1e999}', /^a\.json:1:12: 1e999 is too large for a float$/],
    [`${'['.repeat(501)}${']'.repeat(501)}`, /more than 500 levels/],
  ])('refuses %s', (text, message) => {
    expect(() => load(text)).toThrow(message);
  });
});
