import { FailedError, messageOf } from '../../errors.js';
import type { AwsCredentials } from './credentials.js';
import { readObject, type ObjectLocation } from './objects.js';

/** A state of 100,000 instances is some 200 MB. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The bytes of the state object; undefined when there is none yet.
 *
 * @throws FailedError `StateUnreadable`
 */
export async function readStateObject(
  location: ObjectLocation,
  credentials: AwsCredentials,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  try {
    return await readObject(location, credentials, { maxBytes: MAX_BYTES, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new FailedError(
      'StateUnreadable',
      `cannot read the state s3://${location.bucket}/${location.key}: ${messageOf(error)}`,
      { hint: `check that ${credentials.source} may read that object`, cause: error },
    );
  }
}
