import { describe, expect, test } from '@jest/globals';

import { parseCallerArn } from '../../../../src/approval/sts/caller-arn.js';

const place = { partition: 'aws', account: '123456789012' };

describe('the ARN of a caller', () => {
  test.each([
    ['arn:aws:iam::123456789012:user/jdoe', { kind: 'user', ...place, name: 'jdoe' }],
    ['arn:aws:iam::123456789012:user/teams/sre/j.doe@acme', { kind: 'user', ...place, name: 'j.doe@acme' }],
    [
      'arn:aws:sts::123456789012:assumed-role/Admin/jdoe',
      { kind: 'assumed-role', ...place, role: 'Admin', session: 'jdoe' },
    ],
    ['arn:aws:sts::123456789012:federated-user/jdoe', { kind: 'federated-user', ...place, name: 'jdoe' }],
    [
      'arn:aws-us-gov:iam::123456789012:user/jdoe',
      { kind: 'user', ...place, partition: 'aws-us-gov', name: 'jdoe' },
    ],
  ])('%s is understood', (arn, caller) => {
    expect(parseCallerArn(arn)).toEqual(caller);
  });

  test('of the root user is refused: it is nobody in particular', () => {
    expect(() => parseCallerArn('arn:aws:iam::123456789012:root')).toThrow(
      expect.objectContaining({ code: 'CallerRoot' }),
    );
  });

  test.each([
    '',
    'jdoe',
    'arn:aws:iam::123456789012:user/',
    'arn:aws:iam::12345678901:user/jdoe',
    'arn:aws:iam:eu-west-1:123456789012:user/jdoe',
    'arn:aws:sts::123456789012:user/jdoe',
    'arn:aws:iam::123456789012:role/Admin',
    'arn:aws:iam::123456789012:assumed-role/Admin/jdoe',
    'arn:aws:sts::123456789012:assumed-role/Admin',
    'arn:aws:sts::123456789012:assumed-role/path/Admin/jdoe',
    'arn:aws:iam::123456789012:user/jdoe\n',
    'arn:aws:iam::123456789012:user/jdoé',
    'arn:aws:iam::123456789012:user/jdoe extra',
    'arn:aws:iam::123456789012:user/*',
    'arn:awsome:iam::123456789012:user/jdoe',
    `arn:aws:iam::123456789012:user/${'a'.repeat(65)}`,
  ])('%j is refused', (arn) => {
    expect(() => parseCallerArn(arn)).toThrow(expect.objectContaining({ code: 'CallerUnknown' }));
  });
});
