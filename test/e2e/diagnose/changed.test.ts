import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, DeleteBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { requires } from '../support/requires.js';
import { openStage, type Stage } from '../support/stage.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const ROLE = 'aws_iam_role.platform-stage-auditor';
const ATTACHMENT = 'aws_iam_role_policy_attachment.platform-stage-auditor-SecurityAudit';
const BUCKET = 'aws_s3_bucket.ferries-booking-stage-receipts';
const RoleName = 'platform-stage-auditor';

describeHere('what is changed in AWS', () => {
  let stage: Stage;
  let iam: IAMClient;
  beforeAll(async () => {
    stage = await openStage([ROLE, ATTACHMENT]);
    iam = new IAMClient(stage.sdk);
  }, 400_000);
  afterAll(async () => {
    iam.destroy();
    await stage.close();
  });

  test('a policy that terraform itself has attached is no drift of the role', async () => {
    const { diagnosis, findings } = await stage.diagnose(['--only', ATTACHMENT]);
    expect(findings).toEqual([]);
    expect(diagnosis.resources.map(({ address, status }) => [address, status])).toEqual([
      [ROLE, 'refreshed'],
      [ATTACHMENT, 'refreshed'],
    ]);
  }, 240_000);

  test('a policy that was attached by hand is told, though no apply takes it away', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const { findings } = await stage.diagnose(['--only', ATTACHMENT]);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    expect(findings).toMatchObject([
      { code: 'changed-outside', severity: 'notice', addresses: [ROLE], repairs: [] },
    ]);
    expect(findings[0]?.evidence).toContainEqual({
      source: 'plan',
      text: `managed_policy_arns: (none) → "${PolicyArn}"`,
    });
  }, 240_000);

  test("a role's policy that was changed by hand: what it was and is, and that an apply changes it back", async () => {
    const Statement = [
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::777788889999:root' } },
    ];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    const { diagnosis, findings } = await stage.diagnose(['--only', ATTACHMENT]);
    expect(diagnosis.plan?.actions).toEqual({ update: 1 });
    expect(findings).toMatchObject([
      {
        ...{ code: 'changed-outside', severity: 'warning', confidence: 'certain', addresses: [ROLE] },
        ...{ leaveStateAlone: 'the next apply changes it back', repairs: [] },
        summary: `${ROLE} was changed outside Terraform: assume_role_policy`,
      },
    ]);
    expect(findings[0]?.evidence[0]?.text).toMatch(
      /^assume_role_policy\.Statement.*444455556666.* → .*777788889999/,
    );
  }, 240_000);

  test('a bucket that was made by hand under the name that is wanted: it is to be imported', async () => {
    const Bucket = 'ferries-booking-stage-receipts';
    await stage.s3.send(new CreateBucketCommand({ Bucket }));
    const { findings } = await stage.diagnose(['--only', BUCKET]);
    await stage.s3.send(new DeleteBucketCommand({ Bucket }));
    expect(findings).toMatchObject([
      {
        ...{
          code: 'not-in-state',
          severity: 'danger',
          confidence: 'certain',
          addresses: [BUCKET],
          id: Bucket,
        },
        repairs: [
          { command: ['state', 'import', BUCKET, Bucket], terraform: ['import', BUCKET, Bucket] },
          { expectedPlan: [{ address: BUCKET, action: 'create' }] },
        ],
      },
    ]);
  }, 240_000);
});
