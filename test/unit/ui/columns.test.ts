import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { layOut, wrap } from '../../../src/ui/columns.js';

describe('columns', () => {
  test('are as wide as their widest cell, the last wrapped under itself', () => {
    const rows = [
      ['ok', 'git', 'one two three'],
      ['missing', 'x', ''],
    ];
    expect(layOut(rows, 20)).toEqual([
      ['ok       git  one', '              two', '              three'],
      ['missing  x'],
    ]);
  });

  test('may be none', () => {
    expect(layOut([], 80)).toEqual([]);
  });
});

describe('wrapped text', () => {
  test('keeps every word whole and in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/)),
        fc.integer({ min: -5, max: 30 }),
        (words, width) => {
          expect(wrap(words.join(' '), width).join(' ')).toBe(words.join(' '));
        },
      ),
    );
  });

  test('has no line that is too long, unless it is one word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/)),
        fc.integer({ min: 1, max: 30 }),
        (words, width) => {
          const long = wrap(words.join(' '), width).filter((line) => line.length > width);
          expect(long.filter((line) => line.includes(' '))).toEqual([]);
        },
      ),
    );
  });
});
