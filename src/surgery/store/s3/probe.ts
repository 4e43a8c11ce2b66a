import { randomUUID } from 'node:crypto';

import { RefusedError } from '../../../errors.js';
import { awsAnswer, awsFailure, isConditionFailed } from './aws-answer.js';
import type { S3Connection } from './connection.js';
import type { ObjectSettings } from './object-settings.js';
import { putObject, type ConditionalPut, type ObjectVersion } from './put-object.js';

/** The ETag of nothing that anybody stores. */
const WRONG_ETAG = `"${'0'.repeat(32)}"`;

/**
 * Makes sure that the endpoint honours the conditions that all our writes rest on, with an object beside the state that is
 * removed again: not every server that speaks S3 does.
 *
 * @throws RefusedError `StoreUnsafe`; FailedError `ProbeFailed` when it cannot be found out
 */
export async function probeConditions(
  s3: S3Connection,
  stateKey: string,
  settings: ObjectSettings,
): Promise<void> {
  const key = `${stateKey}.tfrepair-probe-${randomUUID()}`;
  const put = (condition: ConditionalPut['condition']): Promise<ObjectVersion> =>
    putObject(s3, { key, bytes: Buffer.from('tfrepair'), settings, condition });
  try {
    const { etag } = await put({ IfNoneMatch: '*' });
    await mustBeRefused(s3, () => put({ IfNoneMatch: '*' }), 'If-None-Match');
    await mustBeRefused(s3, () => put({ IfMatch: WRONG_ETAG }), 'If-Match');
    await put({ IfMatch: etag });
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    if (awsAnswer(error).status === 501) throw unsafe(s3, 'it does not know conditional writes');
    throw awsFailure('ProbeFailed', `cannot try a conditional write of s3://${s3.bucket}/${key}`, error, {
      credentials: s3.credentials,
    });
  } finally {
    await removeProbe(s3, key);
  }
}

async function mustBeRefused(s3: S3Connection, put: () => Promise<unknown>, header: string): Promise<void> {
  try {
    await put();
  } catch (error) {
    if (isConditionFailed(awsAnswer(error))) return;
    throw error;
  }
  throw unsafe(s3, `it ignores ${header}`);
}

function unsafe({ bucket }: S3Connection, why: string): RefusedError {
  return new RefusedError(
    'StoreUnsafe',
    `the server of bucket ${bucket} cannot keep concurrent writes apart: ${why}`,
    { hint: 'a state there can only be changed by terraform itself, while nobody else runs it' },
  );
}

/** A probe that cannot be removed harms nobody, and is no reason to stop. */
async function removeProbe({ client, bucket }: S3Connection, key: string): Promise<void> {
  const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
}
