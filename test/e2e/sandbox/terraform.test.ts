import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';

import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { requires } from '../support/requires.js';
import { cleanEnv } from '../support/run-cli.js';
import { createS3 } from '../support/s3.js';
import { accountOf, openExampleSandbox } from '../support/sandbox.js';
import { useTempDir } from '../support/temp-dir.js';

const describeHere = await requires(['moto_server', 'terraform', 'aws-provider']);

describeHere('terraform in a sandbox', () => {
  let sandbox: Sandbox;
  const home = useTempDir();

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
  });

  afterAll(async () => {
    await sandbox.close();
  });

  test('works in an account as the operator, from the local mirror', async () => {
    const account = accountOf(sandbox, 'ferries-prod');
    const { bucket, region, key } = account.state;
    const folder = join(home(), 'root');
    await mkdir(folder);
    const config = {
      terraform: {
        backend: { s3: { bucket, region, key } },
        required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } },
      },
      provider: { aws: { region: 'eu-west-1' } },
      data: { aws_caller_identity: { current: {} } },
      resource: { aws_sns_topic: { delays: { name: 'delays' } } },
      output: { caller: { value: '${data.aws_caller_identity.current.arn}' } },
    };
    await writeFile(join(folder, 'config.tf.json'), JSON.stringify(config));
    const env = { ...cleanEnv(home()), ...sandbox.envOf(account, 'operator') };
    const options = { cwd: folder, env, extendEnv: false, timeout: 300_000, killSignal: 'SIGKILL' } as const;

    const { stderr } = await execa('terraform', ['init', '-input=false', '-no-color'], options);
    expect(stderr).toBe('');
    await execa('terraform', ['apply', '-input=false', '-no-color', '-auto-approve'], options);

    const s3 = createS3(sandbox.endpoint, account.identities.reviewer.keys);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toMatchObject({
      version: 4,
      outputs: { caller: { value: 'arn:aws:iam::444455556666:user/operator' } },
      resources: [
        {},
        {
          type: 'aws_sns_topic',
          instances: [{ attributes: { arn: 'arn:aws:sns:eu-west-1:444455556666:delays' } }],
        },
      ],
    });
    s3.destroy();
  }, 600_000);
});
