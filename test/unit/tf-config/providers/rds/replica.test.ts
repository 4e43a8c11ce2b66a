import { describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../../../src/json.js';
import type { Rendered, World } from '../../../../support/render-one.js';
import { database } from './database.js';

/** A replica `db` of a source `src`. */
function replica(
  values: string,
  fields: JsonObject = {},
  source: JsonObject = {},
  world: World = {},
): Rendered {
  const others = [{ provider: 'rds', identifier: 'src', defaults: '/src.yml', ...source }];
  const files = { '/src.yml': '{username: root, name: books, backup_retention_period: 1}', ...world.files };
  return database(values, { replica_source: 'src', ...fields }, { others, ...world, files });
}

describe('in the region of its source', () => {
  test('it names the source, and has of its own neither engine nor login, backups nor subnet group', () => {
    const { resources, outputs } = replica(
      'engine: postgres, db_subnet_group_name: g, backup_retention_period: 9, name: other',
    );
    expect(resources['aws_db_instance']).toEqual({
      db: {
        ...{ identifier: 'db', replicate_source_db: 'src', backup_retention_period: 0 },
        ...{ apply_immediately: false, depends_on: ['aws_db_instance.src'] },
        tags: expect.anything(),
      },
    });
    expect(outputs).toHaveProperty('db-rds__db_name.value', 'books');
    expect(outputs).not.toHaveProperty('db-rds__db_password');
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['zones of one region', { availability_zone: 'eu-west-1a' }, { availability_zone: 'eu-west-1b' }],
    ['a region without a zone is not looked at', { region: 'eu-west-1' }, {}],
  ])('%s', (_, fields, source) => {
    expect(replica('a: 1', fields, source).resources).toHaveProperty(
      'aws_db_instance.db.replicate_source_db',
      'src',
    );
  });

  test('a zone that only the defaults of the source name is not looked at', () => {
    const files = {
      '/src.yml': '{username: root, backup_retention_period: 1, availability_zone: eu-west-1a}',
    };
    expect(replica('a: 1', {}, {}, { files }).resources).toHaveProperty(
      'aws_db_instance.db.replicate_source_db',
      'src',
    );
  });
});

describe('in another region', () => {
  const far = { availability_zone: 'eu-west-1a' };

  test('it names the ARN of the source, and keeps its subnet group', () => {
    const { resources } = replica('db_subnet_group_name: g, storage_encrypted: true, kms_key_id: arn:k', far);
    expect(resources).toMatchObject({
      aws_db_instance: {
        db: { replicate_source_db: '${aws_db_instance.src.arn}', db_subnet_group_name: 'g' },
      },
    });
  });

  test.each([
    ['a: 1', 'db_subnet_group_name is not set'],
    ['db_subnet_group_name: g, storage_encrypted: true', 'without kms_key_id'],
  ])('%s is refused: %s', (values, message) => {
    expect(() => replica(values, far)).toThrow(message);
  });
});

test('with enhanced monitoring it waits for the role to work', () => {
  const { resources } = replica('a: 1', { enhanced_monitoring: true });
  expect(resources['time_sleep']).toEqual({
    db: {
      depends_on: ['aws_iam_role_policy_attachment.db-enhanced-monitoring'],
      create_duration: '30s',
    },
  });
  expect(resources).toHaveProperty('aws_db_instance.db.depends_on', [
    'aws_iam_role.db-enhanced-monitoring',
    'aws_iam_role_policy_attachment.db-enhanced-monitoring',
    'aws_db_instance.src',
    'time_sleep.db',
  ]);
});

test.each([
  ['{username: u}', 'backup_retention_period of replica_source "src" is 0'],
  ['{username: u, backup_retention_period: null}', 'must be a number, not null'],
])('a source with %s is refused: %s', (source, message) => {
  expect(() => replica('a: 1', {}, {}, { files: { '/src.yml': source } })).toThrow(message);
});

test('two sources are refused', () => {
  expect(() => replica('replicate_source_db: x')).toThrow(
    'replica_source and replicate_source_db are both set',
  );
});
