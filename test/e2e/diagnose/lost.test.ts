import {
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { DeleteDBParameterGroupCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateQueueCommand, DeleteQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';

import { lookupEvents } from '../support/cloudtrail.js';
import { requires } from '../support/requires.js';
import { openStage, type Stage } from '../support/stage.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const GROUP = 'aws_db_parameter_group.booking-postgres15';
const KEY = 'aws_iam_access_key.booking-stage-exporter';
const USER = 'aws_iam_user.booking-stage-exporter';
const ATTACHMENT = 'aws_iam_user_policy_attachment.booking-stage-exporter-CloudWatchReadOnlyAccess';
const QUEUE = 'aws_sqs_queue.booking-stage-payments';

describeHere('what is lost in AWS', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage([GROUP, KEY, ATTACHMENT, QUEUE]);
  }, 400_000);
  afterAll(() => stage.close());
  afterEach(() => {
    stage.proxy.fault = () => undefined;
  });

  test('nothing is found where nothing is lost', async () => {
    const { exitCode, findings, diagnosis } = await stage.diagnose([
      '--exit-code',
      '--only',
      GROUP,
      '--only',
      ATTACHMENT,
    ]);
    expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
    expect(diagnosis.resources.filter(({ status }) => status === 'drifted')).toEqual([]);
  }, 240_000);

  test('a parameter group that was deleted by hand: who did it, and that the next apply makes it again', async () => {
    const rds = new RDSClient(stage.sdk);
    const name = 'booking-postgres15';
    await rds.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: name }));
    const asked: string[] = [];
    stage.proxy.fault = lookupEvents(asked, [
      { call: 'DeleteDBParameterGroup', who: 'alex', at: '2026-11-20T09:30:00Z' },
      { call: 'ModifyDBParameterGroup', who: 'terraform', at: '2026-11-19T09:30:00Z' },
      { call: 'DescribeDBParameterGroups', who: 'sam', at: '2026-11-18T09:30:00Z', readOnly: true },
    ]);
    const { exitCode, findings } = await stage.diagnose(['--exit-code', '--only', GROUP]);
    expect(exitCode).toBe(3);
    expect(findings).toMatchObject([
      {
        ...{ code: 'deleted-outside', severity: 'warning', confidence: 'certain', addresses: [GROUP] },
        ...{ leaveStateAlone: 'the next apply makes it again by itself', repairs: [] },
        owners: [{ app: 'booking', namespace: 'booking-stage', identifier: 'booking-stage-db' }],
      },
    ]);
    expect(findings[0]?.evidence).toEqual([
      { source: 'plan', text: 'refreshing did not find it' },
      { source: 'aws', text: `${name} does not exist` },
      { source: 'cloudtrail', text: 'alex called DeleteDBParameterGroup at 2026-11-20T09:30:00Z' },
    ]);
    expect(asked).toEqual([name]);
  }, 240_000);

  test('a user that was deleted, with its access key still in the state', async () => {
    const iam = new IAMClient(stage.sdk);
    const UserName = 'booking-stage-exporter';
    const { AccessKeyMetadata: keys = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
    for (const { AccessKeyId } of keys) await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    const attached = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
    for (const { PolicyArn } of attached.AttachedPolicies ?? []) {
      await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
    }
    await iam.send(new DeleteUserCommand({ UserName }));
    const { findings } = await stage.diagnose(['--only', KEY, '--only', ATTACHMENT]);
    expect(findings).toMatchObject([
      { code: 'deleted-outside', addresses: [USER], id: UserName },
      { code: 'missing-dependency', severity: 'notice', addresses: [KEY, USER], repairs: [] },
      { code: 'missing-dependency', severity: 'notice', addresses: [ATTACHMENT, USER], repairs: [] },
    ]);
  }, 240_000);

  test('a queue that was deleted and made again', async () => {
    const sqs = new SQSClient(stage.sdk);
    const QueueName = 'booking-stage-payments';
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await sqs.send(new CreateQueueCommand({ QueueName }));
    const { findings } = await stage.diagnose(['--only', QUEUE]);
    expect(findings).toMatchObject([{ code: 'recreated-outside', addresses: [QUEUE], repairs: [] }]);
    expect(findings[0]?.leaveStateAlone).toContain('the next apply puts it right');
  }, 240_000);
});
