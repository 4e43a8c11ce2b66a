import { describe, expect, test } from '@jest/globals';

import { expectedText, expectImported } from '../../../src/diagnosis/expected-action.js';
import type { ExpectedAction } from '../../../src/diagnosis/finding.js';

const address = 'aws_sqs_queue.a';

describe('what the next plan will do', () => {
  test.each<[string, ExpectedAction]>([
    ['create aws_sqs_queue.a', { address, action: 'create' }],
    ['no change to aws_sqs_queue.a', { address, action: 'noop' }],
    ['update aws_sqs_queue.a', { address, action: 'update' }],
    ['update aws_sqs_queue.a, or nothing if it is as the config wants it', expectImported(address)],
    ['delete aws_sqs_queue.a, unless the config wants it', { address, action: 'delete', orNothing: true }],
    ['create aws_sqs_queue.a, if the config wants it', { address, action: 'create', orNothing: true }],
  ])('reads "%s"', (text, expected) => {
    expect(expectedText(expected, (shown) => shown)).toBe(text);
  });
});
