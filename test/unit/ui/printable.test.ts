import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { printable } from '../../../src/ui/printable.js';

describe('text from outside', () => {
  test.each([
    ['an escape sequence', 'a\u001B[2Jb', 'a\\x1b[2Jb'],
    ['a carriage return', 'good\rbad', 'good\\x0dbad'],
    ['an 8-bit control', 'a\u009Bb', 'a\\x9bb'],
    ['a right-to-left override', 'a\u202Eb', 'a\\u202eb'],
    ['a zero-width space', 'a\u200Bb', 'a\\u200bb'],
    ['a lone surrogate', 'a\uD800b', 'a\\ud800b'],
    ['an invisible tag', 'a\u{E0041}b', 'a\\u{e0041}b'],
    ['a line break and a tab', 'a\n\tb', 'a\n\tb'],
    ['letters of any script', 'Ünïcode 漢字 🙂', 'Ünïcode 漢字 🙂'],
  ])('shows %s harmlessly', (_what, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test('never sends a control character to the terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text).replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});
