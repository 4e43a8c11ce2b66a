import { expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../src/json.js';
import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const DOMAIN = { provider: 'elasticsearch', identifier: 'shop-es', defaults: '/es.yml' };

function stream(defaults: JsonObject, world: World = {}, domain: JsonObject = {}): Rendered {
  const es = { vpc_options: { subnet_ids: ['a', 'b', 'c'] }, ...domain };
  const files = { '/stream.yml': JSON.stringify(defaults), '/es.yml': JSON.stringify(es) };
  const spec = { provider: 'kinesis', identifier: 'shop-events', defaults: '/stream.yml' };
  return renderOne(spec, { files, others: [DOMAIN], ...world });
}

test.each<[JsonObject, JsonObject]>([
  [{}, { shard_count: null, retention_period: 24, encryption_type: null }],
  [
    { shard_count: 0, retention_period: null },
    { shard_count: 0, retention_period: null },
  ],
  [{ encryption_type: 'KMS' }, { encryption_type: 'KMS', kms_key_id: null }],
])('defaults %j render the stream %j', (defaults, expected) => {
  const { resources } = stream(defaults);
  expect(resources).toMatchObject({ aws_kinesis_stream: { 'shop-events': expected } });
});

test('a key is left out of a stream that is not encrypted by KMS', () => {
  const { resources } = stream({ encryption_type: 'NONE', kms_key_id: 'k' });
  expect(resources).not.toMatchObject({ aws_kinesis_stream: { 'shop-events': { kms_key_id: 'k' } } });
});

test.each<[JsonObject, JsonObject]>([
  [{ starting_position_timestamp: '2024-01-01T00:00:00Z' }, {}],
  [{}, { starting_position_timestamp: null }],
  [{ starting_position_timestamp: '' }, { starting_position_timestamp: '' }],
])('AT_TIMESTAMP with %j renders %j, and is warned of', (defaults, expected) => {
  const start = { es_identifier: 'shop-es', starting_position: 'AT_TIMESTAMP' };
  const { resources, warnings } = stream({ ...start, ...defaults });
  const { aws_lambda_event_source_mapping: mapping } = resources as Record<string, JsonObject>;
  expect(mapping?.['shop-events-lambda']).toEqual({
    ...{ event_source_arn: '${aws_kinesis_stream.shop-events.arn}', batch_size: 100 },
    ...{ function_name: '${aws_lambda_function.shop-events-lambda.arn}', parallelization_factor: 1 },
    ...{ starting_position: 'AT_TIMESTAMP', ...expected },
  });
  expect(warnings).toEqual([
    'starting_position AT_TIMESTAMP is rendered without its timestamp, which AWS refuses',
  ]);
});

test('the lambda gets the secret that the outputs of the domain name', () => {
  const { resources } = stream(
    { es_identifier: 'shop-es', index_prefix: '' },
    {
      outputs: {
        'shop-es-elasticsearch__secret_name': 's',
        'shop-es-elasticsearch__secret_policy_arn': 'arn:p',
      },
    },
  );
  expect(resources).toMatchObject({
    aws_lambda_function: {
      'shop-events-lambda': { environment: { variables: { index_prefix: '', secret_name: 's' } } },
    },
    aws_iam_role_policy_attachment: {
      'shop-events-lambda-secretsmanager-policy': { policy_arn: 'arn:p' },
    },
  });
});

test('without those outputs, a domain with internal users is warned of', () => {
  const auth = { admin_user_credentials: { path: 'es/admin', version: 1 } };
  const { resources, warnings } = stream({ es_identifier: 'shop-es' }, {}, { auth });
  expect(Object.keys(resources['aws_iam_role_policy_attachment'] as JsonObject)).toEqual([
    'shop-events-lambda-execution-policy',
  ]);
  expect(warnings).toEqual([
    'no outputs tell where shop-es keeps its master user: the lambda is rendered as before the domain exists',
  ]);
});
