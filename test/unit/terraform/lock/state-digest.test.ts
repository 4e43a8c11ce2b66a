import { createHash } from 'node:crypto';

import { describe, expect, test } from '@jest/globals';

import { checkDigest } from '../../../../src/terraform/lock/state-digest.js';

const STATE = Buffer.from('{"version": 4}');
const DIGEST = createHash('md5').update(STATE).digest('hex');

describe('the digest of a state', () => {
  test.each([
    ['the state that it was made of', DIGEST, STATE],
    ['a state without any', undefined, STATE],
    ['no state and no digest', undefined, undefined],
  ])('is fine with %s', (_what, expected, state) => {
    expect(checkDigest(expected, state)).toEqual({ kind: 'fine' });
  });

  test('does not fit another state, nor none', () => {
    const other = '0'.repeat(32);
    expect(checkDigest(other, STATE)).toEqual({ kind: 'mismatch', expected: other, actual: DIGEST });
    expect(checkDigest(DIGEST, undefined)).toEqual({ kind: 'mismatch', expected: DIGEST, actual: undefined });
  });
});
