import type { Backend } from '../root.js';
import type { StateAccess } from '../state/state-access.js';
import { readLocalLock } from './local-lock.js';
import type { LockInfo } from './lock-info.js';
import { readS3Digest, readS3Lock } from './s3-lock.js';
import { checkDigest, type DigestVerdict } from './state-digest.js';

/**
 * Who has locked a root's state; undefined: nobody, or nobody can tell (only terraform itself can look into backends that
 * we cannot read).
 *
 * @throws FailedError `LockUnreadable`, `LockInvalid`, and what `access` throws
 */
export async function readLock(
  backend: Backend,
  { credentials, signal }: Pick<StateAccess, 'credentials' | 'signal'>,
): Promise<LockInfo | undefined> {
  switch (backend.type) {
    case 's3': {
      if (backend.useLockfile !== true && backend.dynamodbTable === undefined) return undefined;
      const { region } = backend;
      return readS3Lock(backend, { region, credentials: await credentials(), signal });
    }
    case 'local':
      return readLocalLock(backend.path);
    case 'other':
      return undefined;
  }
}

/**
 * Whether the stored state is the one whose digest its backend keeps; only S3 with a table keeps one.
 *
 * @param state what `readState` gave
 * @throws FailedError `LockUnreadable`, and what `access` throws
 */
export async function verifyDigest(
  backend: Backend,
  state: Uint8Array | undefined,
  { credentials, signal }: Pick<StateAccess, 'credentials' | 'signal'>,
): Promise<DigestVerdict> {
  if (backend.type !== 's3' || backend.dynamodbTable === undefined) return { kind: 'fine' };
  const { region } = backend;
  const expected = await readS3Digest(backend, { region, credentials: await credentials(), signal });
  return checkDigest(expected, state);
}
