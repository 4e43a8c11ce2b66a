import { describe, expect, test } from '@jest/globals';

import type { FailedError } from '../../../../src/errors.js';
import type { Json, JsonObject } from '../../../../src/json.js';
import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const SUBNETS = { vpc_options: { subnet_ids: ['s1', 's2', 's3'] } };
const INTERNAL_USER = { ...SUBNETS, auth: { admin_user_credentials: { path: 'es/admin', version: 1 } } };

function rendered(defaults: JsonObject, fields: JsonObject = {}, world: World = {}): Rendered {
  const files = { '/es.yml': JSON.stringify(defaults) };
  const spec = { provider: 'elasticsearch', identifier: 'shop-es', defaults: '/es.yml', ...fields };
  return renderOne(spec, { files, ...world });
}

function domain(defaults: JsonObject): JsonObject {
  return rendered({ ...SUBNETS, ...defaults }).resources['aws_elasticsearch_domain'] as JsonObject;
}

function withSecret(secret: JsonObject): World {
  return { answer: () => ({ known: true, value: secret }) };
}

function failure(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return `${(error as FailedError).code}: ${(error as FailedError).message}`;
  }
  return 'no failure';
}

describe('arguments of the domain', () => {
  test.each<[JsonObject, JsonObject]>([
    [{}, { ebs_options: {}, elasticsearch_version: null, encrypt_at_rest: { enabled: true } }],
    [{ ebs_options: null }, { ebs_options: {} }],
    [{ ebs_options: { ebs_enabled: false, volume_size: 9 } }, { ebs_options: { ebs_enabled: false } }],
    [
      { ebs_options: { volume_size: 0 } },
      { ebs_options: { ebs_enabled: true, volume_size: 0, volume_type: 'gp2', iops: 0 } },
    ],
    [{ encrypt_at_rest: { enabled: null } }, { encrypt_at_rest: { enabled: null } }],
    [
      { 'snapshot_options.automated_snapshot_start_hour': 0 },
      { snapshot_options: { automated_snapshot_start_hour: 0 } },
    ],
    [{ advanced_security_options: { x: 1 } }, { advanced_security_options: { x: 1 } }],
  ])('defaults %j render %j', (defaults, expected) => {
    expect(domain(defaults)).toMatchObject({ 'shop-es': expected });
  });

  test.each<[JsonObject, Json]>([
    [{ dedicated_master_enabled: false }, { zone_awareness_config: { availability_zone_count: 3 } }],
    [
      { dedicated_master_enabled: false, warm_enabled: 1 },
      { warm_enabled: 1, warm_count: 2 },
    ],
  ])('cluster_config %j renders %j and no dedicated masters', (config, expected) => {
    const { 'shop-es': rendered } = domain({ cluster_config: config });
    const { cluster_config: cluster } = rendered as { cluster_config: JsonObject };
    expect(cluster).toMatchObject(expected as JsonObject);
    expect(cluster).not.toHaveProperty('dedicated_master_count');
  });
});

describe('data that cannot be rendered names what is wrong', () => {
  test.each<[JsonObject, string]>([
    [{ cluster_config: { zone_awareness_enabled: false } }, '3 subnets, but zone_awareness_enabled is off'],
    [{ ebs_options: { ebs_enabled: true } }, 'ebs_options.volume_size is missing'],
    [{ encrypt_at_rest: null }, 'encrypt_at_rest must be an object, not null'],
    [{ auth: { admin_user_arn: '' } }, 'auth.admin_user_credentials is missing'],
    [
      { advanced_security_options: { internal_user_database_enabled: true } },
      'advanced_security_options.master_user_options is missing',
    ],
    [
      {
        cluster_config: {
          dedicated_master_enabled: false,
          warm_enabled: true,
          cold_storage_options: { enabled: true },
        },
      },
      'cold_storage_options needs dedicated_master_enabled',
    ],
  ])('%j', (defaults, expected) => {
    expect(failure(() => domain(defaults))).toContain(expected);
  });

  test('an unknown log type', () => {
    expect(failure(() => rendered(SUBNETS, { publish_log_types: ['AUDIT_LOGS'] }))).toContain('"AUDIT_LOGS"');
  });
});

describe('the secret of the master user', () => {
  test.each([
    ['Abcdefg1é', 'no special character'],
    ['Ab1!é', 'fewer than 8 characters'],
  ])('a password such as %s has %s, and is not told', (password, flaw) => {
    const secret = { master_user_name: 'admin', master_user_password: password };
    const message = failure(() => rendered(INTERNAL_USER, {}, withSecret(secret)));
    expect(message).toContain(`master_user_password of the secret es/admin: it has ${flaw}`);
    expect(message).not.toContain(password);
  });

  test('keys besides name and password are refused', () => {
    const secret = { master_user_name: 'admin', master_user_password: 'Example-Passw0rd!', url: 'x' };
    expect(failure(() => rendered(INTERNAL_USER, {}, withSecret(secret)))).toContain('and no others');
  });

  test('said in the deprecated way, its password is not checked and no copy is kept without internal users', () => {
    const user = { master_user_secret: { path: 'es/admin', version: 1 } };
    const defaults = { ...SUBNETS, advanced_security_options: { enabled: true, master_user_options: user } };
    const secret = { master_user_name: 'admin', master_user_password: 'weak' };
    const { resources } = rendered(defaults, {}, withSecret(secret));
    expect(resources).toMatchObject({
      aws_elasticsearch_domain: {
        'shop-es': { advanced_security_options: { enabled: true, master_user_options: secret } },
      },
    });
    expect(resources).not.toHaveProperty('aws_secretsmanager_secret');
  });

  test('in the config it is variables, the same ones in domain and outputs', () => {
    const secret = { master_user_name: 'admin', master_user_password: 'Example-Passw0rd!' };
    const world = { ...withSecret(secret), plainSecrets: false };
    const { resources, outputs, variables } = rendered(INTERNAL_USER, {}, world);
    const prefix = 'shop-es-elasticsearch__';
    expect(JSON.stringify({ resources, outputs })).not.toContain(secret.master_user_password);
    expect(outputs[`${prefix}master_user_password`]).toEqual({
      sensitive: true,
      value: '${var.shop_es_elasticsearch__master_user_password}',
    });
    expect(variables.map(({ name }) => name)).toEqual([
      'shop_es_elasticsearch__master_user_name',
      'shop_es_elasticsearch__master_user_password',
      'shop_es_elasticsearch__secret_string',
    ]);
  });

  test('out of reach, it is what the state has', () => {
    const outputs = {
      'shop-es-elasticsearch__master_user_name': 'admin',
      'shop-es-elasticsearch__master_user_password': 'Old-Passw0rd!',
    };
    const { resources, unknowns } = rendered(INTERNAL_USER, {}, { outputs });
    expect(resources).toMatchObject({
      aws_secretsmanager_secret_version: {
        'qrtf-es-shop-es': {
          secret_string: '{"master_user_name": "admin", "master_user_password": "Old-Passw0rd!"}',
        },
      },
    });
    expect(unknowns.map(({ instead }) => instead)).toEqual(['value of the state', 'value of the state']);
  });

  test('out of reach and not in the state, it is placeholders, and every address is rendered all the same', () => {
    const { resources } = rendered(INTERNAL_USER);
    const prefix = 'var.shop_es_elasticsearch__master_user';
    expect(resources).toMatchObject({
      aws_secretsmanager_secret_version: {
        'qrtf-es-shop-es': {
          secret_string:
            `{"master_user_name": \${jsonencode(${prefix}_name)}, ` +
            `"master_user_password": \${jsonencode(${prefix}_password)}}`,
        },
      },
      aws_iam_policy: { 'qrtf-es-shop-es': { name: 'shop-es-secretsmanager-policy' } },
    });
  });
});

test('the log policy lists the groups of all domains of the account', () => {
  const other = {
    ...{ provider: 'elasticsearch', identifier: 'other-es', defaults: '/es.yml', region: 'us-west-2' },
    publish_log_types: ['ES_APPLICATION_LOGS'],
  };
  const { resources } = rendered(SUBNETS, {}, { others: [other] });
  expect(resources).toMatchObject({
    aws_cloudwatch_log_resource_policy: {
      es_log_publishing_resource_policy: {
        policy_document: expect.stringContaining(
          '"arn:aws:logs:us-west-2:111122223333:log-group:OpenSearchService/other-es/es_application_logs:*"',
        ),
      },
    },
  });
});
