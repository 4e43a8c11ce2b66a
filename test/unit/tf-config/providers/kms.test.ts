import { expect, test } from '@jest/globals';

import { renderOne } from '../../../support/render-one.js';

test.each([
  ['{}', { description: 'app-interface created KMS key' }],
  ['{description: null}', { description: null }],
  ['{key_usage: sign_verify}', { key_usage: 'SIGN_VERIFY' }],
  ['{odd_key: 0, region: eu-west-1}', { odd_key: 0, provider: 'aws.eu-west-1' }],
  ['{region: ""}', { provider: 'aws.us-east-1' }],
  ['{provider: aws.mine}', { provider: 'aws.us-east-1' }],
])('the defaults %s render %j', (defaults, expected) => {
  const { resources } = renderOne(
    { provider: 'kms', identifier: 'key', defaults: '/kms.yml' },
    { files: { '/kms.yml': defaults }, account: { supportedDeploymentRegions: ['us-east-1', 'eu-west-1'] } },
  );
  expect(resources).toMatchObject({ aws_kms_key: { key: expected } });
  expect(resources).not.toHaveProperty('aws_kms_key.key.region');
  expect(resources).not.toHaveProperty('aws_kms_key.key.identifier');
});

test('overrides win over defaults, and a key id that they set is what the output says', () => {
  const overrides = JSON.stringify({ description: 'mine', key_id: 'k-1' });
  const { resources, outputs } = renderOne(
    { provider: 'kms', identifier: 'key', defaults: '/kms.yml', overrides },
    { files: { '/kms.yml': 'description: theirs' } },
  );
  expect(resources).toHaveProperty('aws_kms_key.key.description', 'mine');
  expect(outputs).toHaveProperty('key-kms__key_id.value', '${k-1}');
  expect(resources).toHaveProperty('aws_kms_alias.key.target_key_id', '${aws_kms_key.key.key_id}');
});
