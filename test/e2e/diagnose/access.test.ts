import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';

import type { FleetDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { requires } from '../support/requires.js';
import { runCli } from '../support/run-cli.js';
import { accountOf } from '../support/sandbox.js';
import { openStage, type Stage } from '../support/stage.js';
import { startCli } from '../support/start-cli.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const ROLE = 'aws_iam_role.platform-stage-auditor';

describeHere('what AWS does not let us see', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage([ROLE]);
  }, 400_000);
  afterAll(() => stage.close());
  afterEach(() => {
    stage.proxy.fault = () => undefined;
  });

  test('credentials of another account: nothing is planned, nothing is taken for missing', async () => {
    const env = stage.sandbox.envOf(accountOf(stage.sandbox, 'ferries-prod'), 'operator');
    const { exitCode, findings, diagnosis } = await stage.diagnose(['--exit-code'], { env });
    expect(exitCode).toBe(1);
    expect(diagnosis.failure?.code).toBe('WrongAccount');
    expect(findings).toMatchObject([
      {
        ...{ code: 'wrong-account', severity: 'blocker', confidence: 'certain', addresses: [] },
        leaveStateAlone: 'what is missing here may well exist in the right account',
      },
    ]);
    expect(findings[0]?.repairs.flatMap(({ command = [] }) => command)).toEqual([]);
  }, 240_000);

  test('a read that is denied: what to allow, and that the state is left alone; its log alone says so too', async () => {
    const denied = 'User: arn:aws:iam::123456789012:user/operator is not authorized to perform: iam:GetRole';
    const body =
      '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>' +
      `<Code>AccessDenied</Code><Message>${denied}</Message></Error></ErrorResponse>`;
    stage.proxy.fault = (request) =>
      /\bAction=GetRole\b/.test(request.body.toString()) ? { kind: 'answer', status: 403, body } : undefined;
    const log = join(stage.home, 'log.jsonl');
    const args = ['--exit-code', '--only', ROLE, '--save-log', log];
    const { exitCode, findings, diagnosis } = await stage.diagnose(args);
    expect(exitCode).toBe(3);
    expect(diagnosis.plan?.outcome).toBe('failed');
    expect(diagnosis.resources).toMatchObject([{ address: ROLE, status: 'failed' }]);
    expect(findings).toMatchObject([
      {
        ...{ code: 'cannot-read', severity: 'blocker', addresses: [ROLE] },
        leaveStateAlone: 'what cannot be read is not gone; do not remove it',
        repairs: [
          {
            title: 'allow it in the policies of the user that runs terraform: iam:GetRole',
            expectedPlan: [],
          },
        ],
      },
    ]);

    const input = await readFile(log, 'utf8');
    const alone = await runCli(['diagnose', '--log', '-', '--json'], stage.home, { input });
    const { result } = JSON.parse(alone.stdout) as { result: FleetDiagnosis };
    expect(result.accounts).toMatchObject([
      { kind: 'log', findings: [{ code: 'cannot-read', addresses: [ROLE], severity: 'blocker' }] },
    ]);
  }, 240_000);

  test('a Ctrl-C leaves neither a folder nor a process', async () => {
    const isReading = new Promise<void>((resolve) => {
      stage.proxy.fault = (request) => {
        if (!/\bAction=GetRole\b/.test(request.body.toString())) return undefined;
        resolve();
        return { kind: 'silence' };
      };
    });
    const args = ['diagnose', '--account', stage.account.name, '--only', ROLE];
    const { child, result } = startCli(args, stage.home, { env: stage.env });
    await isReading;
    child.kill('SIGINT');
    expect(await result).toMatchObject({ exitCode: 130, stdout: '' });
    const pid = String(child.pid);
    const folders = [stage.home, ...(existsSync('/dev/shm') ? ['/dev/shm'] : [])];
    const names = (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
    expect(names.filter((name) => name.includes(`-${pid}-`))).toEqual([]);
    while ((await processesIn(stage.home)).length > 0) await setTimeout(50);
  }, 240_000);

  /** Processes that have this home folder: all that the CLI started. */
  async function processesIn(home: string): Promise<string[]> {
    const { stdout } = await execa('ps', ['-A', 'e', '-o', 'stat=,args=']);
    return stdout.split('\n').filter((line) => !line.startsWith('Z') && line.includes(`HOME=${home}`));
  }
});
