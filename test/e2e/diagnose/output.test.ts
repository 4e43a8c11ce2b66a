import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { DeleteLogGroupCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { UpdateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import type { FleetDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { requires } from '../support/requires.js';
import { runCli } from '../support/run-cli.js';
import { openStage, resourceAt, type Stage, type StateDocument } from '../support/stage.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const KEY = 'aws_iam_access_key.timetable-stage-logs';
const LOGS = 'aws_cloudwatch_log_group.timetable-stage-logs';
const TIMEOUT = 240_000;

describeHere('what a diagnosis says, and keeps to itself', () => {
  let stage: Stage;
  /** What no output may have. */
  let secrets: string[];
  beforeAll(async () => {
    stage = await openStage([KEY, LOGS]);
    const state = JSON.parse(await stage.state()) as StateDocument;
    const {
      secret,
      ses_smtp_password_v4: password,
      id,
    } = resourceAt(state, KEY).instances[0]?.attributes ?? {};
    secrets = [String(secret), String(password)];
    expect(secrets.every((one) => one.length > 20)).toBe(true);
    const iam = new IAMClient(stage.sdk);
    const UserName = 'timetable-stage-logs';
    await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: String(id), Status: 'Inactive' }));
    const logs = new CloudWatchLogsClient(stage.sdk);
    await logs.send(new DeleteLogGroupCommand({ logGroupName: UserName }));
  }, 400_000);
  afterAll(() => stage.close());

  const expectNoSecret = (text: string): void => {
    for (const secret of secrets) expect(text).not.toContain(secret);
  };
  const only = ['--only', KEY, '--only', LOGS];

  test(
    'people read the suspect first, on a screen of 80 columns; no form of it has a secret',
    async () => {
      const page = join(stage.home, 'report.html');
      const args = ['diagnose', '--account', stage.account.name, ...only, '--verbose', '--report', page];
      const { exitCode, stdout, stderr } = await runCli(args, stage.home, {
        env: stage.env,
        timeout: TIMEOUT,
      });
      expect(exitCode).toBe(0);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(stdout.indexOf(LOGS)).toBeGreaterThan(0);
      const html = await readFile(page, 'utf8');
      expect(stdout).toContain('status: "Active" → "Inactive"');
      expect(html).toContain('Inactive');
      expectNoSecret(stdout + stderr + html);
    },
    TIMEOUT,
  );

  test(
    'the log that is kept can be diagnosed by itself, and neither it nor the JSON has a secret',
    async () => {
      const [log, markdown] = [join(stage.home, 'log.jsonl'), join(stage.home, 'report.md')];
      const { stdout, stderr, findings } = await stage.diagnose([
        ...only,
        '--save-log',
        log,
        '--report',
        markdown,
        '--jobs',
        '1',
      ]);
      expect(findings).toMatchObject([
        { code: 'deleted-outside', addresses: [LOGS] },
        { code: 'changed-outside', addresses: [KEY] },
      ]);
      const input = await readFile(log, 'utf8');
      expectNoSecret(stdout + stderr + input + (await readFile(markdown, 'utf8')));
      expect((await stat(log)).mode & 0o777).toBe(0o600);

      const alone = await runCli(['diagnose', '--log', '-', '--json'], stage.home, { input });
      const { result } = JSON.parse(alone.stdout) as { result: FleetDiagnosis };
      expect(result.accounts).toMatchObject([
        {
          kind: 'log',
          findings: expect.arrayContaining([
            expect.objectContaining({ code: 'deleted-outside', addresses: [LOGS] }),
          ]),
        },
      ]);
    },
    TIMEOUT,
  );

  test(
    'two accounts, one after the other; what they worked in is gone',
    async () => {
      const args = [
        'diagnose',
        '--account',
        'ferries-prod',
        '--account',
        'ferries-stage',
        '--jobs',
        '1',
        '--exit-code',
      ];
      const env = { ...stage.env, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
      const { exitCode, stdout, stderr } = await runCli([...args, '--json'], stage.home, {
        env,
        timeout: TIMEOUT,
      });
      const { result } = JSON.parse(stdout) as { result: FleetDiagnosis };
      expect(result.accounts.map(({ name, findings }) => [name, findings.length])).toEqual([
        ['ferries-prod', 0],
        ['ferries-stage', 2],
      ]);
      expect(exitCode).toBe(3);
      expectNoSecret(stdout + stderr);
      expect((await readdir(stage.home)).filter((name) => name.startsWith('tfrepair-'))).toEqual([]);
    },
    TIMEOUT,
  );
});
