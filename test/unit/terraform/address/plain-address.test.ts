import { expect, test } from '@jest/globals';

import { plainAddress } from '../../../../src/terraform/address/plain-address.js';

test.each([
  ['aws_sqs_queue.pay["eu"]', 'aws_sqs_queue.pay["eu"]'],
  ['aws_sqs_queue.p\u0430y', String.raw`aws_sqs_queue.p\u0430y`],
  ['module.m["\u{1f600}"].a.b', String.raw`module.m["\U0001f600"].a.b`],
])('letters that look like others can be told apart: %s', (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});
