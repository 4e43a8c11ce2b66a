import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { IMPORTABLE_TYPES, importFormat, importId } from '../../../src/diagnosis/import-id.js';
import { oracleCases, oracleFile } from '../../support/oracle.js';

const context = { account: '123456789012', region: 'us-east-1', partition: 'aws' };

describe('import ids', () => {
  test.each([
    ['aws_s3_bucket', { bucket: 'b' }, 'b'],
    ['aws_db_instance', { identifier: 'db' }, 'db'],
    ['aws_db_parameter_group', { name: 'pg' }, 'pg'],
    ['aws_sqs_queue', { name: 'q' }, 'https://sqs.us-east-1.amazonaws.com/123456789012/q'],
    ['aws_sns_topic', { name: 't' }, 'arn:aws:sns:us-east-1:123456789012:t'],
    ['aws_iam_policy', { name: 'p' }, 'arn:aws:iam::123456789012:policy/p'],
    ['aws_iam_policy', { name: 'p', path: '/x/' }, 'arn:aws:iam::123456789012:policy/x/p'],
    ['aws_iam_user_policy_attachment', { user: 'u', policy_arn: 'arn:p' }, 'u/arn:p'],
    ['aws_iam_role_policy', { role: 'r', name: 'p' }, 'r:p'],
    ['aws_route53_record', { zone_id: 'Z1', name: 'a.example.com', type: 'A' }, 'Z1_a.example.com_A'],
    ['aws_iam_user_policy_attachment', { user: '${aws_iam_user.u.name}', policy_arn: 'arn:p' }, undefined],
    ['aws_kms_key', { description: 'k' }, undefined],
    ['aws_iam_access_key', { user: 'u' }, undefined],
    ['made_up', { name: 'x' }, undefined],
  ])('%s %j', (type, values, expected) => {
    expect(importId(type, values, context)).toBe(expected);
  });

  test('an ARN is not guessed without the account', () => {
    expect(importId('aws_sns_topic', { name: 't' }, { ...context, account: undefined })).toBeUndefined();
  });

  test('an access key cannot be imported, of an unknown type nobody knows', () => {
    expect(importFormat('aws_iam_access_key')).toBe(false);
    expect(importFormat('made_up')).toBeUndefined();
  });

  test('every type that the real renderer renders has its format', () => {
    const rendered = oracleCases('public').flatMap((name) => {
      const file = oracleFile('public', `${name}/config.tf.json`);
      if (!existsSync(file)) return [];
      const { resource = {} } = JSON.parse(readFileSync(file, 'utf8')) as { resource?: object };
      return Object.keys(resource);
    });
    expect(rendered.length).toBeGreaterThan(20);
    expect([...new Set(rendered)].filter((type) => !IMPORTABLE_TYPES.includes(type))).toEqual([]);
  });
});
