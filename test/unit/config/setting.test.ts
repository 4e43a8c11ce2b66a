import { describe, expect, test } from '@jest/globals';

import { setting } from '../../../src/config/setting.js';

describe('a setting', () => {
  test.each([
    ['the flag before the file', 'flag', 'file', 'flag'],
    ['the file without a flag', undefined, 'file', 'file'],
    ['the file when the flag or its variable is empty', '', 'file', 'file'],
    ['the flag without a file', 'flag', undefined, 'flag'],
    ['nothing without either', undefined, undefined, undefined],
  ])('is %s', (_what, flag, fileValue, expected) => {
    expect(setting(flag, fileValue)).toBe(expected);
  });

  test('of a number may be 0', () => {
    expect(setting(0, 4000)).toBe(0);
  });

  test('of a boolean may be false', () => {
    expect(setting(false, true)).toBe(false);
  });
});
