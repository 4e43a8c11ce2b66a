import { FailedError } from '../../../errors.js';
import { MAX_STATE_BYTES } from '../stored-state.js';
import { awsAnswer, awsFailure, isConditionFailed } from './aws-answer.js';
import type { S3Connection } from './connection.js';
import { getObject } from './get-object.js';
import type { ObjectSettings } from './object-settings.js';
import { putObject } from './put-object.js';

/**
 * Keeps bytes in an object that did not exist before, and reads them back. A copy that is there already, with the same
 * bytes, is as good.
 *
 * @returns its address
 * @throws FailedError `CopyFailed`
 */
export async function keepObject(
  s3: S3Connection,
  key: string,
  { bytes, settings }: { bytes: Buffer; settings: ObjectSettings },
): Promise<string> {
  const address = `s3://${s3.bucket}/${key}`;
  try {
    await putObject(s3, { key, bytes, settings, condition: { IfNoneMatch: '*' } }).catch(unlessThere);
    const kept = await getObject(s3, key, { maxBytes: MAX_STATE_BYTES, signal: s3.signal });
    if (kept?.bytes.equals(bytes) === true) return address;
  } catch (error) {
    s3.signal.throwIfAborted();
    const { credentials } = s3;
    throw awsFailure('CopyFailed', `cannot keep a copy in ${address}`, error, { credentials });
  }
  throw new FailedError('CopyFailed', `what is in ${address} is not the copy that was to be kept there`);
}

function unlessThere(error: unknown): void {
  if (!isConditionFailed(awsAnswer(error))) throw error;
}
