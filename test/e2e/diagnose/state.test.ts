import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { requires } from '../support/requires.js';
import { openStage, resourceAt, type Stage } from '../support/stage.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const BUCKET = 'aws_s3_bucket.ferries-booking-stage-receipts';
const LOGS = 'aws_cloudwatch_log_group.timetable-stage-logs';
const BUCKET_NAME = 'ferries-booking-stage-receipts';

describeHere('what is wrong in the state', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage([BUCKET, LOGS]);
  }, 400_000);
  afterAll(() => stage.close());

  test('one bucket at two addresses: the one that nobody wants is to be forgotten', async () => {
    const other = 'aws_s3_bucket.receipts';
    await stage.withState(
      (state) => state.resources.push({ ...resourceAt(state, BUCKET), name: 'receipts' }),
      async () => {
        const { findings } = await stage.diagnose(['--only', BUCKET, '--only', other]);
        expect(findings).toMatchObject([
          {
            ...{ code: 'duplicate-id', severity: 'danger', id: BUCKET_NAME, addresses: [other, BUCKET] },
            repairs: [{ command: ['state', 'rm', other], expectedPlan: [] }],
          },
        ]);
      },
    );
  }, 240_000);

  test('a schema version from the future: upgrade, or forget and import', async () => {
    await stage.withState(
      (state) => {
        for (const instance of resourceAt(state, LOGS).instances) instance.schema_version = 99;
      },
      async () => {
        const { exitCode, findings } = await stage.diagnose(['--exit-code', '--only', LOGS]);
        expect(exitCode).toBe(3);
        expect(findings).toMatchObject([
          {
            ...{ code: 'newer-provider', severity: 'blocker', addresses: [LOGS] },
            leaveStateAlone: 'a newer provider reads it as it is',
            repairs: [
              { terraform: ['init', '-upgrade'] },
              {
                first: { command: ['state', 'rm', LOGS] },
                command: ['state', 'import', LOGS, 'timetable-stage-logs'],
                expectedPlan: [{ address: LOGS, action: 'update', orNothing: true }],
              },
            ],
          },
        ]);
      },
    );
  }, 240_000);

  test('a tainted object: the mark goes away without touching the object', async () => {
    await stage.withState(
      (state) => {
        for (const instance of resourceAt(state, LOGS).instances) instance.status = 'tainted';
      },
      async () => {
        const { findings, diagnosis } = await stage.diagnose(['--only', LOGS]);
        expect(diagnosis.plan?.actions).toEqual({ replace: 1 });
        expect(findings).toMatchObject([
          {
            ...{ code: 'tainted', severity: 'danger', addresses: [LOGS], id: 'timetable-stage-logs' },
            leaveStateAlone: 'if the object is broken: the next apply makes it anew by itself',
            repairs: [{ terraform: ['untaint', LOGS], expectedPlan: [{ address: LOGS, action: 'noop' }] }],
          },
        ]);
      },
    );
  }, 240_000);

  test('the provider under its old name: one command for all that it made', async () => {
    const [from, to] = ['registry.terraform.io/-/aws', 'registry.terraform.io/hashicorp/aws'];
    await stage.withState(
      ({ resources }) => {
        for (const resource of resources) resource.provider = `provider["${from}"]`;
      },
      async () => {
        const { findings } = await stage.diagnose();
        expect(findings).toMatchObject([
          {
            ...{ code: 'provider-replaced', severity: 'blocker', confidence: 'certain' },
            addresses: expect.arrayContaining([BUCKET, LOGS]),
            repairs: [
              {
                command: ['state', 'replace-provider', from, to],
                expectedPlan: expect.arrayContaining([{ address: BUCKET, action: 'noop' }]),
              },
            ],
          },
        ]);
      },
    );
  }, 240_000);

  test('a lock that was left behind: by whom, since when, how to remove it', async () => {
    const place = { Bucket: stage.account.state.bucket, Key: `${stage.account.state.key}.tflock` };
    const id = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
    const lock = {
      ...{ ID: id, Operation: 'OperationTypeApply', Info: '', Who: 'jo@laptop', Version: '1.11.4' },
      ...{ Created: '2026-01-02T03:04:05Z', Path: `${place.Bucket}/${stage.account.state.key}` },
    };
    await stage.s3.send(new PutObjectCommand({ ...place, Body: JSON.stringify(lock) }));
    try {
      const { findings } = await stage.diagnose(['--only', LOGS]);
      expect(findings).toMatchObject([
        {
          ...{ code: 'state-locked', severity: 'blocker', id, addresses: [] },
          summary: expect.stringMatching(/^jo@laptop holds the state lock, for \d+ days$/),
          evidence: [{ text: `lock ${id}, OperationTypeApply, since 2026-01-02T03:04:05Z` }],
          repairs: [{ command: ['state', 'unlock', id], terraform: ['force-unlock', id] }],
        },
      ]);
    } finally {
      await stage.s3.send(new DeleteObjectCommand(place));
    }
  }, 240_000);
});
