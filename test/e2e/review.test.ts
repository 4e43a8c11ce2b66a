import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { DeleteUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { requires } from './support/requires.js';
import { runCli, type CliResult } from './support/run-cli.js';
import { openStage, type Stage } from './support/stage.js';

const describe = await requires(['terraform', 'moto_server', 'aws-provider']);

const USER = 'aws_iam_user.booking-stage-exporter';
const USER_NAME = 'booking-stage-exporter';
const TIMEOUT = 300_000;

describe('two people with AWS credentials and an account', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage([USER, 'aws_iam_user.booking-stage-queues']);
  }, TIMEOUT);
  afterAll(() => stage.close());

  /** Each person has a home, and so a journal, of their own; and reaches AWS straight. */
  async function as(who: 'operator' | 'reviewer', args: readonly string[]): Promise<CliResult> {
    const home = join(stage.home, who);
    await mkdir(home, { recursive: true });
    const env = stage.sandbox.envOf(stage.account, who);
    return runCli([...args, '--account', stage.account.name], home, { env, timeout: TIMEOUT });
  }

  async function requested(name: string): Promise<string> {
    const file = join(stage.home, name);
    const why = ['--reason', 'deleted by hand', '--accept-running-loop', 'a test', '--request-out', file];
    const asked = await as('operator', ['state', 'rm', USER, ...why]);
    expect(asked).toMatchObject({ exitCode: 4, stderr: '' });
    expect(asked.stdout).toContain('signed by you (sts)');
    return file;
  }

  const confirm = ['--confirm', 'ferries-stage:1'];

  test(
    'neither the maker nor a forger can be the second person',
    async () => {
      await stage.sandbox.enforceAuth(true);
      const request = await requested('same.json');
      const own = await as('operator', ['review', request, ...confirm]);
      expect(own).toMatchObject({
        exitCode: 4,
        stdout: '',
        stderr: expect.stringContaining('cannot be its second person'),
      });
      const before = await stage.state();
      const { stdout } = await as('reviewer', ['review', request, ...confirm, '--no-aws']);
      expect(stdout).toMatch(/^tfra1\./);
      const token = JSON.parse(Buffer.from(stdout.trim().slice('tfra1.'.length), 'base64url').toString()) as {
        proof: { signature: string };
      };
      token.proof.signature = 'a'.repeat(64);
      const forged = `tfra1.${Buffer.from(JSON.stringify(token)).toString('base64url')}`;
      const refused = await as('operator', ['state', 'execute', request, '--approval', forged]);
      expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('not confirmed') });
      expect(await stage.state()).toBe(before);
      await stage.sandbox.enforceAuth(false);
    },
    TIMEOUT,
  );

  test(
    'what was deleted by hand is forgotten, and the next plan makes it anew',
    async () => {
      const iam = new IAMClient({ ...stage.sdk });
      await iam.send(new DeleteUserCommand({ UserName: USER_NAME }));
      iam.destroy();
      const request = await requested('gone.json');
      const reviewed = await as('reviewer', ['review', request, ...confirm]);
      expect(reviewed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^tfra1\.[\w-]+\n$/) });
      for (const seen of [
        'WARNING: the reconcile loop is not off',
        'it does not exist',
        'operator',
        `create ${USER}`,
        'booking',
      ]) {
        expect(reviewed.stderr).toContain(seen);
      }
      const approval = ['--approval', reviewed.stdout.trim()];
      const done = await as('operator', ['state', 'execute', request, ...approval, '--json']);
      expect(done).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(done.stdout)).toMatchObject({
        result: {
          approvers: [{ person: 'sasha' }],
          plan: { kind: 'as-expected', planned: [{ address: USER, action: 'create' }] },
        },
      });
      expect(await stage.state()).not.toContain(`"${USER_NAME}"`);
      const again = await as('operator', ['state', 'execute', request, ...approval]);
      expect(again).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('executed before') });
    },
    TIMEOUT,
  );
});
