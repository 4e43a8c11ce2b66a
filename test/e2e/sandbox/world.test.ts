import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { loadConfig } from '../../../src/config/load.js';
import { callerArn, ROLES } from '../../../src/sandbox/aws/identities.js';
import { createEc2 } from '../../../src/sandbox/aws/machines.js';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { queryGraphql } from '../support/graphql.js';
import { requires } from '../support/requires.js';
import { createS3 } from '../support/s3.js';
import { accountOf, openExampleSandbox } from '../support/sandbox.js';

const ACCOUNTS = [
  ['ferries-stage', '123456789012'],
  ['ferries-prod', '444455556666'],
] as const;

const describeHere = await requires(['moto_server']);

describeHere('an open sandbox', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  test.each(ACCOUNTS)('has three people in %s, whom STS tells apart', async (name, uid) => {
    const { identities } = accountOf(sandbox, name);
    const arns = await Promise.all(ROLES.map((role) => callerArn(sandbox.endpoint, identities[role].keys)));
    expect(arns).toEqual(
      ['terraform', 'operator', 'reviewer'].map((who) => `arn:aws:iam::${uid}:user/${who}`),
    );
  });

  test.each(ACCOUNTS)('has the state bucket of %s, with versioning', async (name, _) => {
    const { identities, state } = accountOf(sandbox, name);
    const s3 = createS3(sandbox.endpoint, identities.operator.keys);
    const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket: state.bucket }));
    expect(Status).toBe('Enabled');
    s3.destroy();
  });

  test('serves the example over GraphQL', async () => {
    const text =
      '{ awsaccounts_v1(name: "ferries-prod") { uid namespaces { name } terraformState { bucket } } }';
    expect(await queryGraphql(sandbox.graphqlUrl, text)).toMatchObject({
      data: {
        awsaccounts_v1: [
          {
            uid: '444455556666',
            namespaces: [
              { name: 'booking-production' },
              { name: 'platform-toolbox' },
              { name: 'timetable-production' },
            ],
            terraformState: { bucket: 'ferries-prod-tf-state' },
          },
        ],
      },
    });
  });

  test('has the machine image and the network that the auto scaling group refers to', async () => {
    const { identities } = accountOf(sandbox, 'ferries-prod');
    const ec2 = createEc2(sandbox.endpoint, identities.operator.keys, 'us-east-1', fetch);
    const path = '/terraform/asg/timetable-workers.yml';
    const answer = JSON.stringify(
      await queryGraphql(sandbox.graphqlUrl, `{ resources_v1(path: "${path}") { content } }`),
    );
    const [subnet = ''] = /subnet-[0-9a-f]+/.exec(answer) ?? [];
    const [group = ''] = /\bsg-[0-9a-f]+/.exec(answer) ?? [];
    expect(await ec2('DescribeSubnets', { 'SubnetId.1': subnet })).toContain(
      `<subnetId>${subnet}</subnetId>`,
    );
    expect(await ec2('DescribeSecurityGroups', { 'GroupId.1': group })).toContain(
      `<groupId>${group}</groupId>`,
    );
    const commit = '5e1f0c9a7b3d2486e0f1a2b3c4d5e6f708192a3b';
    const filter = { 'Owner.1': '444455556666', 'Filter.1.Name': 'tag:commit', 'Filter.1.Value.1': commit };
    expect(await ec2('DescribeImages', filter)).toContain('<imageOwnerId>444455556666</imageOwnerId>');
  });

  test('serves what has been changed in its checkout after a reload', async () => {
    const file = join(sandbox.appInterface, 'data/services/platform/app.yml');
    const text = '{ apps_v1(name: "platform") { description } }';
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replace(/^description: .*$/m, 'description: changed'),
    );
    await sandbox.reload();
    expect(await queryGraphql(sandbox.graphqlUrl, text)).toMatchObject({
      data: { apps_v1: [{ description: 'changed' }] },
    });
  });

  test('has a configuration file with the server and the keys of each account, for its owner only', async () => {
    const config = await loadConfig(sandbox.configFile, {});
    expect(config.graphql.server).toBe(sandbox.graphqlUrl);
    for (const [name] of ACCOUNTS) {
      const { identities, secretPath } = accountOf(sandbox, name);
      const { accessKeyId, secretAccessKey } = identities.terraform.keys;
      const secret = config.secrets.lookup(secretPath);
      expect(secret?.get('aws_access_key_id')?.reveal()).toBe(accessKeyId);
      expect(secret?.get('aws_secret_access_key')?.reveal()).toBe(secretAccessKey.reveal());
    }
    const modes = await Promise.all(
      [sandbox.folder, sandbox.configFile, sandbox.terraformCliConfig].map(
        async (path) => (await stat(path)).mode,
      ),
    );
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['700', '600', '600']);
  });
});
