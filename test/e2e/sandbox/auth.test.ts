import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { callerArn } from '../../../src/sandbox/aws/identities.js';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { Secret } from '../../../src/secret.js';
import { requires } from '../support/requires.js';
import { createS3 } from '../support/s3.js';
import { accountOf, openExampleSandbox } from '../support/sandbox.js';

const describeHere = await requires(['moto_server']);

describeHere('a sandbox that enforces authentication', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await openExampleSandbox({ enforceAuth: true });
  });

  afterAll(async () => {
    await sandbox.close();
  });

  test.each(['ferries-stage', 'ferries-prod'])('knows the people of %s by their keys', async (name) => {
    const { identities, uid } = accountOf(sandbox, name);
    const { keys } = identities.reviewer;
    expect(await callerArn(sandbox.endpoint, keys)).toBe(`arn:aws:iam::${uid}:user/reviewer`);
  });

  test('refuses a wrong secret', async () => {
    const { keys } = accountOf(sandbox, 'ferries-stage').identities.operator;
    const wrong = { ...keys, secretAccessKey: new Secret('wrong') };
    await expect(callerArn(sandbox.endpoint, wrong)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  test('refuses a key that nobody has', async () => {
    const { keys } = accountOf(sandbox, 'ferries-stage').identities.operator;
    const unknown = { ...keys, accessKeyId: 'AKIAEXAMPLE000UNKNOWN' };
    await expect(callerArn(sandbox.endpoint, unknown)).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });

  test('can stop checking, and begin again', async () => {
    const { keys } = accountOf(sandbox, 'ferries-stage').identities.operator;
    const wrong = { ...keys, secretAccessKey: new Secret('wrong') };
    await sandbox.enforceAuth(false);
    expect(await callerArn(sandbox.endpoint, wrong)).toBe('arn:aws:iam::123456789012:user/operator');
    await sandbox.enforceAuth(true);
    await expect(callerArn(sandbox.endpoint, wrong)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  test('lets its people read and write the state', async () => {
    const { identities, state } = accountOf(sandbox, 'ferries-stage');
    const operator = createS3(sandbox.endpoint, identities.operator.keys);
    const reviewer = createS3(sandbox.endpoint, identities.reviewer.keys);
    const place = { Bucket: state.bucket, Key: state.key };
    await operator.send(new PutObjectCommand({ ...place, Body: '{"version":4}' }));
    const { Body } = await reviewer.send(new GetObjectCommand(place));
    expect(await Body?.transformToString()).toBe('{"version":4}');
    operator.destroy();
    reviewer.destroy();
  });
});
