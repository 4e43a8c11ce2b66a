import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { oracleCases, oracleFile } from '../support/oracle.js';
import { renderOracle } from './support/render-config.js';
import type { CliResult } from './support/run-cli.js';
import { createTempDir } from './support/temp-dir.js';

/** Thirty processes on a busy machine. */
const PATIENCE_MS = 600_000;

/** Whose fault it is: the external resource, and what of it. The original's own words are in each case's `error.txt`. */
const CULPRITS: Readonly<Record<string, readonly string[]>> = {
  'e-acm-key': ['acm "e-cert"', 'e/cert', '"key"'],
  'e-alb-no-default': ['alb "e-alb"', 'default'],
  'e-alb-target': ['alb "e-alb"', 'zz'],
  'e-alb-two-defaults': ['alb "e-alb"', 'default'],
  'e-alb-weights': ['alb "e-alb"', '100', '50'],
  'e-cfkey': ['s3-cloudfront-public-key "e-key-one"', 'e/pub', 'cloudfront_public_key'],
  'e-duplicate-output-name': ['rds "e-db"', 's3 "e-bucket"', 'output_resource_name', 'same-name'],
  'e-es-cold': ['elasticsearch "e-domain"', 'cold_storage', 'warm_enabled'],
  'e-es-name': ['elasticsearch "e-name-that-is-much-too-long-for-es"', '3 to 28'],
  'e-es-no-subnet': ['elasticsearch "e-domain"', 'subnet_ids'],
  'e-es-password': ['elasticsearch "e-domain"', 'upper-case', 'digit', 'special character'],
  'e-es-zones': ['elasticsearch "e-domain"', 'subnet_ids', 'availability_zone_count'],
  'e-kinesis-es-missing': ['kinesis "e-stream"', 'none'],
  'e-msk-brokers': ['msk "e-kafka"', 'number_of_broker_nodes', 'client_subnets'],
  'e-msk-users': ['msk "e-kafka"', 'scram', 'users'],
  'e-no-state': ['account e-no-state', 'aws/e-no-state/terraform'],
  'e-rds-best-practice': [
    'rds "e-db"',
    ...['delete_automated_backups', 'skip_final_snapshot', 'backup_retention_period'],
  ],
  'e-rds-kms-missing': ['rds "e-db"', 'kms', '"none"'],
  'e-rds-logical': ['rds "e-db"', '"logical"', 'rds.logical_replication', 'pending-reboot'],
  'e-rds-name': ['rds "e-db"', '1bad-name'],
  'e-rds-notification-arn': ['rds "e-db"', 'destination', 'arn:aws:sns:x'],
  'e-rds-old-group-alone': ['rds "e-db"', 'old_parameter_group', 'parameter_group'],
  'e-rds-region-zone': ['rds "e-db"', 'us-west-2', 'us-east-1a'],
  'e-rds-replica-far-no-subnet': ['rds "e-db"', 'db_subnet_group_name'],
  'e-rds-replica-missing': ['rds "e-db"', 'nowhere'],
  'e-rds-replica-no-backup': ['rds "e-db"', 'e-src', 'backup_retention_period'],
  'e-rds-same-groups': ['rds "e-db"', 'parameter_group', '"same"'],
  'e-resource-broken': ['s3 "e-bucket"', '/e/broken.yml'],
  'e-resource-missing': ['s3 "e-bucket"', '/e/absent.yml'],
  'e-secret-missing': ['secrets-manager "e-secret"', 'e/absent'],
  'e-sns-email': ['sns "e-topic"', 'not-an-address'],
  'e-sqs-kms-missing': ['sqs "e-queues"', 'kms', 'no-such-key'],
};

describe('data on which the real renderer fails', () => {
  const results = new Map<string, CliResult>();
  let folder = '';

  beforeAll(async () => {
    folder = await createTempDir();
    const runs = Object.keys(CULPRITS).map(async (name) => {
      const account = readFileSync(oracleFile('errors', `${name}/account.txt`), 'utf8').trim();
      results.set(name, await renderOracle('errors', ['--account', account], folder));
    });
    await Promise.all(runs);
  }, PATIENCE_MS);
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('is told of in every case', () => {
    expect(Object.keys(CULPRITS).sort()).toEqual(oracleCases('errors').sort());
  });

  test.each(Object.entries(CULPRITS))('%s fails, naming the culprit', (name, culprits) => {
    const { exitCode, stdout, stderr } = results.get(name) ?? {};
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    const place = name === 'e-no-state' ? [name] : [name, `namespace ${name}-ns`];
    expect([...place, ...culprits].filter((text) => stderr?.includes(text) !== true)).toEqual([]);
    expect(stderr).not.toMatch(/\n {4}at |TypeError/);
  });

  test('--json tells the kind of failure', async () => {
    const { exitCode, stdout } = await renderOracle('errors', ['--account', 'e-no-state', '--json'], folder);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'StateLocationUnknown' } });
  });
});
