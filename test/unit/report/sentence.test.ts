import { expect, test } from '@jest/globals';

import { sentence } from '../../../src/report/sentence.js';

test.each([
  ['the queue is gone', 'The queue is gone.'],
  ['a, b', 'A, b.'],
  ['aws_sqs_queue.q is gone', 'aws_sqs_queue.q is gone.'],
  ['ferries-prod has no state', 'ferries-prod has no state.'],
  ['--account is missing', '--account is missing.'],
  ['Was it you?', 'Was it you?'],
  ['and so on…', 'And so on…'],
])('%j is said as %j', (text, said) => {
  expect(sentence(text)).toBe(said);
});
