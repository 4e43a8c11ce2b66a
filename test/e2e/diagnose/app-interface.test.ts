import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { requires } from '../support/requires.js';
import { openStage, type Stage } from '../support/stage.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const TOPIC = 'aws_sns_topic.timetable-stage-delays';
const LOGS = 'aws_cloudwatch_log_group.timetable-stage-logs';
const KEY = 'aws_kms_key.timetable-stage-key';
const ALIAS = 'aws_kms_alias.timetable-stage-key';

describeHere('what app-interface does not say any more', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage([TOPIC, LOGS, ALIAS]);
  }, 400_000);
  afterAll(() => stage.close());

  /** Runs a test with another text in the namespace's file. */
  async function withNamespace(from: string | RegExp, to: string, run: () => Promise<void>): Promise<void> {
    const { appInterface } = stage.sandbox;
    const file = join(appInterface, 'data/services/timetable/namespaces/stage.yml');
    const text = await readFile(file, 'utf8');
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    await writeFile(file, changed);
    await stage.sandbox.reload();
    try {
      await run();
    } finally {
      await writeFile(file, text);
      await stage.sandbox.reload();
    }
  }

  test('a resource that was taken out: put it back, approve its deletion, or forget it', async () => {
    await withNamespace(/ {2}- provider: sns\n( {4}.*\n)+/, '', async () => {
      const { findings } = await stage.diagnose(['--only', TOPIC]);
      expect(findings).toMatchObject([
        {
          ...{ code: 'not-in-config', severity: 'danger', confidence: 'certain', addresses: [TOPIC] },
          repairs: [
            { expectedPlan: [{ address: TOPIC, action: 'noop' }] },
            {
              title: expect.stringContaining("'delete' action is not enabled"),
              expectedPlan: [{ address: TOPIC, action: 'delete' }],
            },
            { command: ['state', 'rm', TOPIC], expectedPlan: [] },
          ],
        },
      ]);
    });
  }, 240_000);

  test('a spec whose name in AWS changes with it: moving the state would not save it', async () => {
    const renamed = 'aws_cloudwatch_log_group.timetable-stage-journal';
    await withNamespace('timetable-stage-logs', 'timetable-stage-journal', async () => {
      const { findings } = await stage.diagnose(['--only', LOGS, '--only', renamed]);
      expect(findings).toMatchObject([
        {
          ...{ code: 'renamed', severity: 'danger', addresses: [LOGS, renamed] },
          leaveStateAlone: 'its name in AWS changes too: even after a move the next apply replaces it',
          repairs: [
            { expectedPlan: [{ address: LOGS, action: 'noop' }] },
            {
              command: ['state', 'mv', LOGS, renamed],
              expectedPlan: [{ address: renamed, action: 'replace' }],
            },
          ],
        },
      ]);
    });
  }, 240_000);

  test('a spec without a name in AWS that was renamed: its key can be moved', async () => {
    const renamed = 'aws_kms_key.timetable-stage-lock';
    await withNamespace('identifier: timetable-stage-key', 'identifier: timetable-stage-lock', async () => {
      const { findings } = await stage.diagnose(['--only', KEY, '--only', renamed]);
      const found = findings.find(({ addresses }) => addresses[0] === KEY);
      expect(found).toMatchObject({
        ...{ code: 'renamed', severity: 'danger', addresses: [KEY, renamed] },
        repairs: [{ command: ['state', 'mv', KEY, renamed], terraform: ['state', 'mv', KEY, renamed] }],
      });
    });
  }, 240_000);
});
