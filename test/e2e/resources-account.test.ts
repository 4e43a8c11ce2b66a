import { rm } from 'node:fs/promises';

import { DeleteUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';

import type { PlanReport } from '../../src/planning/plan-report.js';
import type { ResourcesReport } from '../../src/resources/resources-report.js';
import { sdkCredentials } from '../../src/sandbox/aws/keys.js';
import type { Sandbox, SandboxAccount } from '../../src/sandbox/sandbox.js';
import { requires } from './support/requires.js';
import { cleanEnv, runCli } from './support/run-cli.js';
import { accountOf, openExampleSandbox } from './support/sandbox.js';
import { useTempDir } from './support/temp-dir.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

/** Cheap ones: an IAM user is made in a second. */
const [GONE, KEPT] = ['aws_iam_user.booking-stage-queues', 'aws_iam_user.booking-stage-exporter'];

describeHere('tfrepair resources --account', () => {
  const home = useTempDir();
  let sandbox: Sandbox;
  let account: SandboxAccount;

  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    account = accountOf(sandbox, 'ferries-stage');
  }, 120_000);
  afterAll(async () => {
    await sandbox.close();
  });

  const run = async (command: string, ...flags: string[]): Promise<unknown> => {
    const args = [command, '--account', account.name, '--only', GONE, '--only', KEPT, '--json', ...flags];
    const env = sandbox.envOf(account, 'operator');
    const { exitCode, stdout } = await runCli(args, home(), { env, timeout: 240_000 });
    expect(exitCode).toBe(0);
    return JSON.parse(stdout);
  };

  test('tells what is gone from what is there, and whose it is', async () => {
    const { result: planned } = (await run('plan', '--keep-workdir')) as { result: PlanReport };
    const workdir = planned.workdir ?? '';
    await execa('terraform', ['apply', 'tfrepair.tfplan'], {
      cwd: workdir,
      env: { ...cleanEnv(home()), ...sandbox.envOf(account, 'terraform') },
      extendEnv: false,
      timeout: 120_000,
      killSignal: 'SIGKILL',
    });
    await rm(workdir, { recursive: true });
    const credentials = sdkCredentials(account.identities.terraform.keys);
    const iam = new IAMClient({ endpoint: sandbox.endpoint, region: account.region, credentials });
    await iam.send(new DeleteUserCommand({ UserName: 'booking-stage-queues' }));
    iam.destroy();

    const { result } = (await run('resources')) as { result: ResourcesReport };
    expect(result).toMatchObject({ name: account.name, source: 'plan', outcome: 'planned', errors: [] });
    expect(result.resources).toMatchObject([
      {
        address: GONE,
        id: 'booking-stage-queues',
        status: 'missing',
        owners: [{ namespace: expect.any(String) }],
      },
      {
        address: KEPT,
        id: 'booking-stage-exporter',
        status: 'refreshed',
        owners: [{ app: expect.any(String) }],
      },
    ]);
  }, 400_000);
});
