import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { LineSplitter } from '../../../src/terraform/line-splitter.js';

function split(chunks: readonly (string | Buffer)[], maxBytes = 1000): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line), maxBytes);
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return lines;
}

test('lines are the same however the bytes are cut into chunks', () => {
  const text = fc.array(fc.constantFrom('a', 'é', '🜁', '\n', '\r\n', ' '), { maxLength: 60 });
  fc.assert(
    fc.property(text, fc.array(fc.nat(60)), (parts, cuts) => {
      const bytes = Buffer.from(parts.join(''));
      const places = [
        0,
        ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
        bytes.length,
      ];
      const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
      const expected = parts.join('').split('\n');
      if (expected.at(-1) === '') expected.pop();
      expect(split(chunks)).toEqual(expected.map((line) => line.replace(/\r$/, '')));
    }),
  );
});

test('of a line that is too long only its beginning is given', () => {
  expect(split(['short\n' + 'x'.repeat(15), 'x'.repeat(15) + '\nnext'], 10)).toEqual([
    'short',
    'x'.repeat(10),
    'next',
  ]);
});

test('the last line needs no line break, and no line is made up', () => {
  expect([split(['a\nb']), split(['a\n']), split([])]).toEqual([['a', 'b'], ['a'], []]);
});
