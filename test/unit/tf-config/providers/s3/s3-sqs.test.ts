import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../../src/json.js';
import { renderOne, type Rendered } from '../../../../support/render-one.js';

function drop(defaults: string, fields: JsonObject = {}): Rendered {
  const spec = { provider: 's3-sqs', identifier: 'drop', defaults: '/drop.yml', ...fields };
  return renderOne(spec, { files: { '/drop.yml': defaults } });
}

test("the queue's times are whole seconds, text or number", () => {
  const { resources } = drop('{visibility_timeout_seconds: " 90 ", message_retention_seconds: 60.9}');
  expect(resources).toMatchObject({
    aws_sqs_queue: { 'drop-sqs': { visibility_timeout_seconds: 90, message_retention_seconds: 60 } },
  });
  expect(() => drop('visibility_timeout_seconds: soon')).toThrow(
    'visibility_timeout_seconds must be a whole number, not "soon"',
  );
});

describe('encryption', () => {
  test("the spec's own word beats the defaults", () => {
    const { resources } = drop('kms_encryption: true', { kms_encryption: false });
    expect(resources).not.toHaveProperty('aws_kms_key');
  });

  test("usage and spec of the key are in capitals, and a null one is Python's None", () => {
    const { resources } = drop(
      '{kms_encryption: true, key_usage: sign_verify, customer_master_key_spec: null, is_enabled: null}',
    );
    expect(resources).toMatchObject({
      aws_kms_key: {
        'drop-kms': { key_usage: 'SIGN_VERIFY', customer_master_key_spec: 'NONE', is_enabled: null },
      },
      aws_iam_policy: { 'drop-sqs': { policy: expect.stringContaining('${aws_kms_key.drop-kms.arn}') } },
    });
  });
});

test("the queue's user has no tags, its policy waits for nobody, and its key has outputs of its own", () => {
  const { resources, outputs } = drop('{}');
  expect(resources).not.toHaveProperty(['aws_iam_user', 'drop-sqs', 'tags']);
  expect(resources).not.toHaveProperty(['aws_iam_policy', 'drop-sqs', 'depends_on']);
  expect(outputs).toMatchObject({
    'drop-s3-sqs__aws_access_key_id': { value: '${aws_iam_access_key.drop.id}', sensitive: true },
    'drop-s3-sqs__sqs_aws_access_key_id': { value: '${aws_iam_access_key.drop-sqs.id}', sensitive: true },
  });
});
