import { describe, expect, test } from '@jest/globals';

import type { Answer } from '../../../../../src/tf-config/model/need.js';
import { database } from './database.js';

test.each([
  ['port: 5433', '${5433}'],
  ['port: "5433"', '${5433}'],
  ['a: 1', '${aws_db_instance.db.port}'],
])('%s is put out as %s', (values, expected) => {
  expect(database(values).outputs).toHaveProperty('db-rds__db_port.value', expected);
});

test.each([
  ['name: orders', { providerVersion: '3.76.1' }, { name: 'orders' }, 'orders'],
  ['name: orders', { providerVersion: '5.100.0' }, { db_name: 'orders' }, 'orders'],
  ['name: ""', { providerVersion: '3.76.1' }, { name: '' }, ''],
  ['db_name: mine', { providerVersion: '5.100.0' }, { db_name: 'mine' }, 'mine'],
])('%s with %j is rendered as %j and put out as "%s"', (values, account, rendered, output) => {
  const { resources, outputs } = database(values, {}, { account });
  expect(resources).toMatchObject({ aws_db_instance: { db: rendered } });
  expect(outputs).toHaveProperty('db-rds__db_name.value', output);
});

test.each(['1orders', 'a', 'my-orders', 'ordérs', 'x'.repeat(64)])('no database is named %s', (name) => {
  expect(() => database(`name: ${name}`)).toThrow(`"${name}" cannot be the name of a database`);
});

test.each([
  ['outside', 'outside'],
  ['', 'orders'],
])('output_resource_db_name "%s" makes the Secret say %s', (name, output) => {
  const { resources, outputs } = database('name: orders', { output_resource_db_name: name });
  expect(outputs).toHaveProperty('db-rds__db_name.value', output);
  expect(resources).not.toHaveProperty('aws_db_instance.db.output_resource_db_name');
});

test.each([
  ['apply_immediately: true', true],
  ['apply_immediately: null', false],
  ['a: 1', false],
])('%s renders apply_immediately as %j', (values, expected) => {
  expect(database(values).resources).toHaveProperty('aws_db_instance.db.apply_immediately', expected);
});

describe('enhanced monitoring', () => {
  test.each([
    ['{enhanced_monitoring: true}', 60],
    ['{enhanced_monitoring: true, monitoring_interval: 15}', 15],
    ['{enhanced_monitoring: true, monitoring_interval: 0}', 0],
    ['{monitoring_interval: 15}', undefined],
    ['{monitoring_interval: 0}', 0],
  ])('with %s the interval is %j', (values, interval) => {
    const { resources } = database(values);
    expect(resources).toMatchObject({ aws_db_instance: { db: {} } });
    expect(resources['aws_db_instance']).toHaveProperty('db.identifier', 'db');
    if (interval === undefined)
      expect(resources).not.toHaveProperty('aws_db_instance.db.monitoring_interval');
    else expect(resources).toHaveProperty('aws_db_instance.db.monitoring_interval', interval);
  });

  test('its policy is of the partition of the account', () => {
    const { resources } = database(
      'a: 1',
      { enhanced_monitoring: true },
      { account: { partition: 'aws-us-gov' } },
    );
    expect(resources).toHaveProperty(
      'aws_iam_role_policy_attachment.db-enhanced-monitoring.policy_arn',
      'arn:aws-us-gov:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole',
    );
  });
});

describe('encryption', () => {
  const others = [{ provider: 'kms', identifier: 'key' }];

  test('a kms spec of the account is waited for, an ARN is not', () => {
    const own = database('kms_key_id: key', {}, { others }).resources;
    expect(own).toHaveProperty('aws_db_instance.db.kms_key_id', '${aws_kms_key.key.arn}');
    expect(own).toHaveProperty('aws_db_instance.db.depends_on', ['aws_kms_key.key']);
    const foreign = database('kms_key_id: arn:aws:kms:x').resources;
    expect(foreign).toHaveProperty('aws_db_instance.db.kms_key_id', 'arn:aws:kms:x');
    expect(foreign).not.toHaveProperty('aws_db_instance.db.depends_on');
  });

  test('a key that is null is none', () => {
    expect(database('kms_key_id: null').resources).not.toHaveProperty('aws_db_instance.db.kms_key_id');
  });
});

describe('the bundle of the certificate authority', () => {
  const fields = { ca_cert: { path: 'ca/rds', field: 'bundle', version: null, format: null } };
  const output = 'db-rds__db_ca_cert';

  test('is one field of a secret, and sensitive', () => {
    const answer = (): Answer => ({ known: true, value: 'CERT' });
    const { needs, outputs, resources, variables } = database('a: 1', fields, {
      answer,
      plainSecrets: false,
    });
    expect(needs).toEqual([{ kind: 'secret-field', secret: fields.ca_cert }]);
    expect(outputs[output]).toEqual({ value: '${var.db_rds__db_ca_cert}', sensitive: true });
    expect(variables).toContainEqual({ name: 'db_rds__db_ca_cert', sensitive: true, value: 'CERT' });
    expect(resources).not.toHaveProperty('aws_db_instance.db.ca_cert');
  });

  test('is the one of the state where the secret cannot be read, and that is listed', () => {
    const { outputs, unknowns } = database('a: 1', fields, { outputs: { [output]: 'OLD' } });
    expect(outputs[output]).toEqual({ value: 'OLD', sensitive: true });
    expect(unknowns).toContainEqual({
      ...{ what: 'db_ca_cert', why: 'it was not asked for', instead: 'value of the state' },
    });
  });
});

describe('event notifications', () => {
  test('are named after topic and source type; one that is null reads None, one that is missing all', () => {
    const event_notifications = [
      { destination: 'alerts', source_type: null, event_categories: null },
      { destination: 'alerts', source_type: 'db-instance', event_categories: ['failure'] },
    ];
    const others = [{ provider: 'sns', identifier: 'alerts' }];
    const { resources, warnings } = database('a: 1', { event_notifications }, { others });
    expect(resources['aws_db_event_subscription']).toEqual({
      alerts_None_aws_db_event_subscription: {
        ...{ source_type: null, event_categories: null },
        ...{ sns_topic: '${aws_sns_topic.alerts.arn}', source_ids: ['db'] },
      },
      'alerts_db-instance_aws_db_event_subscription': {
        ...{ source_type: 'db-instance', event_categories: ['failure'] },
        ...{ sns_topic: '${aws_sns_topic.alerts.arn}', source_ids: ['db'] },
      },
    });
    expect(warnings).toEqual([]);
    const ofDefaults = database('event_notifications: [{destination: alerts}]', {}, { others }).resources;
    expect(Object.keys(ofDefaults['aws_db_event_subscription'] ?? {})).toEqual([
      'alerts_all_aws_db_event_subscription',
    ]);
  });

  test('to a topic that the account does not have are warned of', () => {
    const event_notifications = [{ destination: 'nowhere', source_type: null, event_categories: null }];
    expect(database('a: 1', { event_notifications }).warnings).toEqual([
      'event_notifications[0].destination "nowhere" is not an sns resource of the account: terraform will refuse it',
    ]);
  });
});
