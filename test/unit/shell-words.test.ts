import { spawnSync } from 'node:child_process';

import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { shellLine } from '../../src/shell-words.js';

test('quotes only what a shell would treat specially', () => {
  expect(shellLine(['state', 'rm', 'module.a.aws_sqs_queue.q[0]', '--account', 'acme-prod'])).toBe(
    `state rm 'module.a.aws_sqs_queue.q[0]' --account acme-prod`,
  );
});

test('a shell reads the very words back', () => {
  // An argument list cannot hold NUL.
  const word = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${shellLine(words)}`], { encoding: 'utf8' });
      expect(stdout.split('\0').slice(0, -1)).toEqual(words);
    }),
    { numRuns: 25 },
  );
});
