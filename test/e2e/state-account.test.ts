import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { readHandover } from '../../src/surgery/request/handover-file.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { SurgeryRequest } from '../../src/surgery/request/request.js';
import { requires } from './support/requires.js';
import { runCli, type CliResult } from './support/run-cli.js';
import { accountOf } from './support/sandbox.js';
import { openStage, type Stage } from './support/stage.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const [USER, OTHER] = ['aws_iam_user.booking-stage-queues', 'aws_iam_user.booking-stage-exporter'];
const USER_NAME = 'booking-stage-queues';
const AWS = 'registry.terraform.io/hashicorp/aws';

interface Asked {
  readonly changes: readonly unknown[];
  readonly expectedPlan: readonly unknown[];
  readonly request?: { readonly file: string };
}

describeHere('the state of an account', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage([USER, OTHER], (sandbox) => setLoop(sandbox, 'off'));
  }, 400_000);
  afterAll(() => stage.close());

  const state = (words: readonly string[], env: Readonly<Record<string, string>> = stage.env) =>
    runCli(['state', ...words, '--account', stage.account.name], stage.home, { env, timeout: 240_000 });

  /** Asks for a change, which leaves the state as it is. */
  async function ask(...words: readonly string[]): Promise<Asked & { readonly written: SurgeryRequest }> {
    const before = await stage.state();
    const asked = await state([...words, '--reason', 'a test', '--ticket', 'ACME-1', '--json']);
    expect(errorOf(asked)).toBeUndefined();
    expect(asked.exitCode).toBe(4);
    expect(await stage.state()).toBe(before);
    const result = resultOf(asked) as Asked;
    const { request } = await readHandover(result.request?.file ?? '');
    expect(request).toMatchObject({
      ...{ root: stage.account.name, account: { uid: stage.account.uid, partition: 'aws' } },
      state: { type: 's3', bucket: stage.account.state.bucket, key: stage.account.state.key },
      ...{ reason: 'a test', ticket: 'ACME-1' },
      requester: { arn: expect.stringContaining(`:${stage.account.uid}:`) as unknown },
    });
    return { ...result, written: request };
  }

  test('is listed and shown, without terraform', async () => {
    const env = { ...stage.env, TFREPAIR_TERRAFORM_BIN: '/nowhere/terraform' };
    const listed = (await state(['list'], env)).stdout.split('\n');
    expect(listed).toEqual(expect.arrayContaining([USER, OTHER]));
    const shown = await state(['show', USER], env);
    expect(shown.stdout).toMatch(/^ {2}name +booking-stage-queues$/m);
  });

  test('forgets a resource, which the next plan would make anew', async () => {
    const { changes, expectedPlan, written } = await ask('rm', USER);
    expect(changes).toEqual([{ kind: 'removed', address: USER }]);
    expect(expectedPlan).toEqual([{ action: 'create', address: USER }]);
    expect(written.acceptRunningLoop).toBeUndefined();
  });

  test('shows what would be forgotten, and writes nothing down', async () => {
    const shown = await state(['rm', USER, '--dry-run']);
    expect(shown.exitCode).toBe(0);
    expect(shown.stdout).toContain(`- ${USER}\n  1 change, and nothing else`);
    expect(shown.stdout).toContain(`The next plan will:\n  create ${USER}`);
    expect(shown.stdout).not.toContain('Request:');
  });

  test('knows a resource under another address', async () => {
    const { changes, expectedPlan } = await ask('mv', USER, 'aws_iam_user.renamed');
    expect(changes).toMatchObject([{ kind: 'moved', from: USER, to: 'aws_iam_user.renamed' }]);
    expect(expectedPlan).toEqual([
      { action: 'create', address: USER },
      { action: 'delete', address: 'aws_iam_user.renamed' },
    ]);
  });

  test('gives a resource to another provider, by itself and by the hand of terraform', async () => {
    const words = ['replace-provider', AWS, 'registry.terraform.io/acme/aws'];
    const one = await ask(...words, '--only', USER);
    expect(one.changes).toMatchObject([{ kind: 'changed', address: USER }]);
    const all = await ask(...words, '--engine', 'terraform');
    expect(all.changes).toEqual(expect.arrayContaining([expect.objectContaining({ address: OTHER })]));
    expect(all.written).toMatchObject({ engine: 'terraform' });
  });

  test('takes what exists, with the provider of the account', async () => {
    await stage.withState(
      (document) => {
        document.resources = document.resources.filter(({ name }) => name !== USER_NAME);
      },
      async () => {
        const { changes, expectedPlan, written } = await ask('import', USER, USER_NAME);
        expect(changes).toEqual([{ kind: 'added', address: USER }]);
        expect(expectedPlan).toEqual([{ action: 'update', address: USER, orNothing: true }]);
        expect(written.tools.terraform).toMatch(/^\d+\./);
        const none = await state(['import', USER, 'nobody-of-that-name', '--dry-run', '--json']);
        expect(errorOf(none)).toMatchObject({ code: 'ImportFailed' });
      },
    );
  });

  test('is left alone when an import takes too long', async () => {
    const edit = (document: { resources: { name: string }[] }): void => {
      document.resources = document.resources.filter(({ name }) => name !== USER_NAME);
    };
    await stage.withState(edit, async () => {
      const late = await state(['import', USER, USER_NAME, '--dry-run', '--timeout', '1s', '--json']);
      expect(errorOf(late)).toMatchObject({
        code: expect.stringMatching(/^(InitFailed|ImportFailed)$/) as unknown,
        hint: 'give it more time with --timeout',
      });
    });
  });

  test('is not changed with the credentials of another account', async () => {
    const env = stage.sandbox.envOf(accountOf(stage.sandbox, 'ferries-prod'), 'operator');
    for (const words of [['rm', USER, '--dry-run'], ['list'], ['unlock']]) {
      const refused = await state([...words, '--json'], env);
      expect({ exitCode: refused.exitCode, error: errorOf(refused) }).toMatchObject({
        ...{ exitCode: 1, error: { code: 'WrongAccount' } },
      });
    }
  });

  test('is not changed while the loop runs, unless that is accepted with a reason', async () => {
    await setLoop(stage.sandbox, 'on');
    const refused = await state(['rm', USER, '--reason', 'a test', '--json']);
    expect({ exitCode: refused.exitCode, error: errorOf(refused) }).toMatchObject({
      ...{ exitCode: 4, error: { code: 'LoopRunning' } },
    });
    const { written } = await ask('rm', USER, '--accept-running-loop', 'it is a quiet hour');
    expect(written.acceptRunningLoop).toBe('it is a quiet hour');
    await setLoop(stage.sandbox, 'off');
  });

  test('is not locked; what was asked for is in the history, and nothing was cut short', async () => {
    expect(resultOf(await state(['unlock', '--json']))).toMatchObject({ lock: null, released: false });
    expect(resultOf(await state(['resume', '--json']))).toEqual([]);
    const { requests } = resultOf(await state(['history', '--json'])) as { requests: object[] };
    expect(requests).toContainEqual(
      expect.objectContaining({ root: stage.account.name, result: 'waiting', operations: ['rm'] }),
    );
  });
});

/** Whether the reconcile loop writes to the account, by its file in app-interface. */
async function setLoop(sandbox: Sandbox, loop: 'on' | 'off'): Promise<void> {
  const file = join(sandbox.appInterface, 'data/aws/ferries-stage/account.yml');
  const off = 'disable:\n  integrations:\n  - terraform-resources\n';
  const text = (await readFile(file, 'utf8')).replace(off, '');
  await writeFile(file, loop === 'off' ? `${text}${off}` : text);
  await sandbox.reload();
}

function resultOf({ stdout }: CliResult): unknown {
  return (JSON.parse(stdout) as { result: unknown }).result;
}

function errorOf({ stdout }: CliResult): unknown {
  return (JSON.parse(stdout) as { error: unknown }).error;
}
