import { FailedError } from '../../../errors.js';
import type { StoredState, WrittenState } from '../store.js';
import { MAX_STATE_BYTES, sha256Of, storedState } from '../stored-state.js';
import { awsAnswer, awsFailure } from './aws-answer.js';
import type { S3Connection } from './connection.js';
import { getObject } from './get-object.js';

/**
 * Reads back what S3 has acknowledged. What somebody has built on it since is no reason to doubt it: where the bucket keeps
 * versions, ours is read among them.
 *
 * @param versionId of the write; undefined: the bucket keeps no versions
 * @throws FailedError `StateNotVerified`
 */
export async function verifyWrite(
  s3: S3Connection,
  key: string,
  written: StoredState,
  versionId: string | undefined,
): Promise<WrittenState> {
  const label = `s3://${s3.bucket}/${key}`;
  const object = await readBack(s3, key);
  const now = object && storedState(object.bytes, object.etag, label);
  if (now?.sha256 === written.sha256) return written;
  if (now?.versionToken === written.versionToken) throw otherBytes(label);
  if (now?.lineage !== written.lineage || now.serial <= written.serial) {
    throw notVerified(`${label} was written, and at once overwritten by somebody who had not seen that`);
  }
  const ours = versionId === undefined ? undefined : await readBack(s3, key, versionId);
  if (ours !== undefined && sha256Of(ours.bytes) !== written.sha256) throw otherBytes(label);
  return { ...written, builtUpon: now.serial };
}

/** Who may not read versions is not worse off than where none are kept. */
async function readBack(s3: S3Connection, key: string, versionId?: string): ReturnType<typeof getObject> {
  const version = versionId === undefined ? {} : { versionId };
  try {
    return await getObject(s3, key, { maxBytes: MAX_STATE_BYTES, ...version });
  } catch (error) {
    if (versionId !== undefined && awsAnswer(error).status === 403) return undefined;
    const label = `s3://${s3.bucket}/${key}`;
    throw awsFailure('StateNotVerified', `${label} is written, but cannot be read back`, error, {
      ...{ credentials: s3.credentials, hint: 'tfrepair state resume verifies it' },
    });
  }
}

function otherBytes(label: string): FailedError {
  return notVerified(`what is read back from ${label} is not what was written`);
}

function notVerified(what: string): FailedError {
  return new FailedError('StateNotVerified', what, {
    hint: 'compare the backup with the state as it is now before anybody runs terraform again',
  });
}
