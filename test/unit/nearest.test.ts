import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { nearest } from '../../src/nearest.js';

describe('the nearest names', () => {
  test.each([
    ['a swapped letter', 'dianose', ['diagnose', 'doctor'], ['diagnose']],
    ['another case', 'ACME-STAGE', ['acme-stage', 'acme-prod'], ['acme-stage']],
    ['the nearest first', 'state', ['stats', 'state', 'stat'], ['state', 'stat', 'stats']],
    ['nothing alike', 'diagnose', ['server', 'plan'], []],
    ['no names', 'x', [], []],
    ['a name given twice', 'plan', ['plan', 'plan'], ['plan']],
  ])('%s', (_what, wanted, names, expected) => {
    expect(nearest(wanted, names)).toEqual(expected);
  });

  test('are at most as many as asked for', () => {
    expect(nearest('aa', ['ab', 'ac', 'ad', 'ae'], 2)).toEqual(['ab', 'ac']);
  });

  test('always hold the very name, first, whatever the others and their order', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), (wanted, others) => {
        expect(nearest(wanted.toLowerCase(), [...others, wanted.toLowerCase()])[0]?.toLowerCase()).toBe(
          wanted.toLowerCase(),
        );
      }),
    );
  });

  test('do not depend on the order of the names', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (wanted, names) => {
        expect(nearest(wanted, names.toReversed())).toEqual(nearest(wanted, names));
      }),
    );
  });
});
