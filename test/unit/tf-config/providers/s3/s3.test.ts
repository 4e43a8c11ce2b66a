import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../../src/json.js';
import { renderOne, type Rendered, type SpecFields, type World } from '../../../../support/render-one.js';

function bucket(defaults: string, fields: JsonObject = {}, world: World = {}): Rendered {
  const spec = { provider: 's3', identifier: 'box', defaults: '/box.yml', ...fields };
  return renderOne(spec, { files: { '/box.yml': defaults }, ...world });
}

function bucketArguments(defaults: string, fields: JsonObject = {}): JsonObject {
  const { resources } = bucket(defaults, fields);
  return (resources['aws_s3_bucket'] as { box: JsonObject }).box;
}

describe('arguments of the bucket', () => {
  test.each([
    ['{}', { enabled: true }],
    ['versioning: null', { enabled: null }],
    ['versioning: false', { enabled: false }],
  ])('%s renders versioning %j', (defaults, versioning) => {
    expect(bucketArguments(defaults)['versioning']).toEqual(versioning);
  });

  test.each([
    ['{}', { ignore_changes: ['grant'] }],
    ['acl: null', undefined],
    ['{acl: private, s3_bucket_logging: {target_bucket_name: logs}}', { ignore_changes: ['logging'] }],
    ['s3_bucket_logging: {target_bucket_name: logs}', { ignore_changes: ['grant', 'logging'] }],
  ])('%s ignores changes of what other resources set', (defaults, lifecycle) => {
    expect(bucketArguments(defaults)['lifecycle']).toEqual(lifecycle);
  });

  test('an acl that is null is rendered', () => {
    expect(bucketArguments('acl: null')).toHaveProperty('acl', null);
  });

  test('empty website, request_payer, cors_rules, encryption and policy are as if absent', () => {
    const empty =
      '{website: {}, request_payer: "", cors_rules: [], server_side_encryption_configuration: {}, bucket_policy: ""}';
    expect(bucket(empty)).toEqual(bucket('{}'));
  });

  test('an empty region is the default one', () => {
    const account = { supportedDeploymentRegions: ['us-east-1'] };
    const { resources, outputs } = bucket('region: ""', {}, { account });
    expect(resources).toHaveProperty('aws_s3_bucket.box.provider', 'aws.us-east-1');
    expect(outputs).toMatchObject({ 'box-s3__endpoint': { value: 's3.us-east-1.amazonaws.com' } });
  });
});

describe('lifecycle rules', () => {
  const expiry = {
    id: 'expire_noncurrent_versions',
    enabled: 'true',
    noncurrent_version_expiration: { days: 30 },
  };
  const transition = (storage_class: string, days: string): JsonObject => ({
    id: `${storage_class}_storage_class`,
    enabled: 'true',
    transition: { days, storage_class },
    noncurrent_version_transition: { days, storage_class },
  });

  test.each([
    ['{}', undefined],
    ['lifecycle_rules: []', undefined],
    ['storage_class: glacier', transition('GLACIER', '1')],
    ['storage_class: standard_ia', transition('STANDARD_IA', '30')],
    ['lifecycle_rules: [{id: a}]', [{ id: 'a' }, expiry]],
    ['{lifecycle_rules: [{id: a}], versioning: false}', [{ id: 'a' }]],
    [
      '{lifecycle_rules: [{id: a}], storage_class: onezone_ia}',
      [{ id: 'a' }, expiry, transition('ONEZONE_IA', '30')],
    ],
    [
      'lifecycle_rules: [{id: a}, {noncurrent_version_expiration: {days: 9}}]',
      [{ id: 'a' }, { noncurrent_version_expiration: { days: 9 } }],
    ],
    [
      'lifecycle_rules: {noncurrent_version_expiration: {days: 9}}',
      { noncurrent_version_expiration: { days: 9 } },
    ],
  ])('%s', (defaults, rules) => {
    expect(bucketArguments(defaults)['lifecycle_rule']).toEqual(rules);
  });

  test('rules that are no list cannot be added to', () => {
    expect(() => bucket('lifecycle_rules: {id: a}')).toThrow('lifecycle_rules must be a list');
  });
});

describe('replication', () => {
  const configuration =
    '{rule_name: r, destination_bucket_identifier: copy, status: ENABLED, storage_class: ""}';
  const copy: SpecFields = { provider: 's3-cloudfront', identifier: 'copy' };

  test('status and storage class are written as AWS wants them', () => {
    const { resources, warnings } = bucket(
      `replication_configurations: [${configuration}]`,
      {},
      { others: [copy] },
    );
    expect(resources).toMatchObject({
      aws_s3_bucket: {
        box: {
          replication_configuration: [
            { rules: { id: 'r', status: 'Enabled', destination: { storage_class: 'STANDARD' } } },
          ],
          depends_on: ['aws_iam_role.box_r'],
        },
      },
    });
    expect(warnings).toEqual([]);
  });

  test('what Terraform will refuse is warned of', () => {
    expect(bucket(`replication_configurations: [${configuration}, ${configuration}]`).warnings).toEqual([
      'terraform takes one replication_configuration of a bucket, not 2',
      'replication r refers to the bucket "copy", which no spec of this account makes',
      'replication r refers to the bucket "copy", which no spec of this account makes',
    ]);
  });

  test.each(['rule_name', 'destination_bucket_identifier', 'status'])('%s must be there', (key) => {
    const others = Object.entries({ rule_name: 'r', destination_bucket_identifier: 'd', status: 's' })
      .filter(([name]) => name !== key)
      .map(([name, value]) => `${name}: ${value}`);
    expect(() => bucket(`replication_configurations: [{${others.join(', ')}}]`)).toThrow(
      `replication_configurations[0].${key} is missing`,
    );
  });
});

describe('logging', () => {
  test('the prefix is empty unless given, and null when given so', () => {
    const prefixOf = (logging: string): unknown =>
      bucket(`s3_bucket_logging: {target_bucket_name: logs${logging}}`).resources['aws_s3_bucket_logging'];
    expect(prefixOf('')).toMatchObject({ 'box-logging': { target_prefix: '' } });
    expect(prefixOf(', target_prefix: null')).toMatchObject({ 'box-logging': { target_prefix: null } });
  });

  test('a target that no spec makes is warned of', () => {
    expect(bucket('s3_bucket_logging: {target_bucket_name: logs}').warnings).toEqual([
      's3_bucket_logging.target_bucket_name refers to the bucket "logs", which no spec of this account makes',
    ]);
  });

  test('a target must be named', () => {
    expect(() => bucket('s3_bucket_logging: {target_prefix: x}')).toThrow(
      's3_bucket_logging.target_bucket_name is missing',
    );
  });
});

describe('notifications', () => {
  const notifications = (rendered: Rendered): unknown => rendered.resources['aws_s3_bucket_notification'];

  test('empty filters count, null ones do not', () => {
    const rendered = bucket('{filter_prefix: "", filter_suffix: null}', { sqs_identifier: 'jobs' });
    expect(notifications(rendered)).toEqual({
      jobs: {
        bucket: '${aws_s3_bucket.box.id}',
        queue: [
          {
            id: 'jobs',
            queue_arn: '${data.aws_sqs_queue.jobs.arn}',
            events: ['s3:ObjectCreated:*'],
            filter_prefix: '',
          },
        ],
      },
    });
  });

  test('a destination by ARN is not looked up', () => {
    const event = { destination_type: 'sns', destination: 'arn:aws:sns:r:1:news', event_type: ['e'] };
    const rendered = bucket('{}', { event_notifications: [event] });
    expect(rendered.data).toEqual({});
    expect(notifications(rendered)).toEqual({
      'box-event-notifications': {
        bucket: '${aws_s3_bucket.box.id}',
        topic: [{ id: 'news', topic_arn: 'arn:aws:sns:r:1:news', events: ['e'] }],
      },
    });
  });

  test('of both kinds at once replace each other, which is warned of', () => {
    const event = { destination_type: 'sqs', destination: 'jobs', event_type: [] };
    const { warnings } = bucket('{}', { sqs_identifier: 'jobs', event_notifications: [event] });
    expect(warnings).toEqual([
      'sqs_identifier and event_notifications make two notifications that replace each other in AWS',
    ]);
  });

  test.each([
    [
      '{destination_type: lambda, destination: d, event_type: []}',
      'destination_type must be sns or sqs, not "lambda"',
    ],
    ['{destination_type: sns, event_type: []}', 'destination is missing'],
    ['{destination_type: sns, destination: d}', 'event_type is missing'],
  ])('%s is refused', (event, message) => {
    expect(() => bucket(`event_notifications: [${event}]`)).toThrow(`event_notifications[0].${message}`);
  });
});
