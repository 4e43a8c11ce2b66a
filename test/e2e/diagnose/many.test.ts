import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DeleteTopicCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { requires } from '../support/requires.js';
import { openStage, type Stage } from '../support/stage.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const TOPICS = Array.from({ length: 300 }, (_, i) => `timetable-stage-line-${i}`);
const WRONG = 'timetable-stage-line-217';

/** Adds the topics to a namespace of app-interface. */
async function addTopics(sandbox: Sandbox): Promise<void> {
  const file = join(sandbox.appInterface, 'data/services/timetable/namespaces/stage.yml');
  const specs = TOPICS.map(
    (name) => `  - provider: sns\n    identifier: ${name}\n    defaults: /terraform/sns/topic.yml\n`,
  );
  await writeFile(file, (await readFile(file, 'utf8')) + specs.join(''));
  await sandbox.reload();
}

describeHere('an account of 300 resources', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(
      TOPICS.map((name) => `aws_sns_topic.${name}`),
      addTopics,
    );
  }, 600_000);
  afterAll(() => stage.close());

  test('of which one is wrong: that one is found, and nothing else', async () => {
    const sns = new SNSClient(stage.sdk);
    const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
    const TopicArn = `${Topics[0]?.TopicArn?.replace(/[^:]*$/, '') ?? ''}${WRONG}`;
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    const { exitCode, findings, diagnosis } = await stage.diagnose(['--exit-code']);
    expect(exitCode).toBe(3);
    expect(diagnosis.state?.instances).toBe(TOPICS.length);
    expect(findings).toMatchObject([
      {
        ...{ code: 'deleted-outside', addresses: [`aws_sns_topic.${WRONG}`], id: TopicArn },
        leaveStateAlone: 'the next apply makes it again by itself',
        owners: [{ app: 'timetable', identifier: WRONG }],
      },
    ]);
    expect(diagnosis.resources.filter(({ status }) => status !== 'refreshed')).toMatchObject([
      { address: `aws_sns_topic.${WRONG}`, status: 'missing' },
    ]);
  }, 400_000);
});
