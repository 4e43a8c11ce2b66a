import { RefusedError } from '../../errors.js';
import type { LockInfo } from '../../terraform/lock/lock-info.js';

/** @param held undefined: whoever held it let go while we asked who it is */
export function stateLocked(label: string, held: LockInfo | undefined): RefusedError {
  return new RefusedError(
    'StateLocked',
    `${label} is locked${held === undefined ? '' : ` by ${holderOf(held)}`}`,
    {
      hint: 'wait until they are done; of a lock that nobody holds any more, tfrepair state unlock says more',
    },
  );
}

/** The lock to be broken is not the one that the user was shown. */
export function lockChanged(label: string, held: LockInfo | undefined): RefusedError {
  const now = held === undefined ? 'nobody holds it any more' : `it is held by ${holderOf(held)} now`;
  return new RefusedError('LockChanged', `the lock of ${label} is another one: ${now}`);
}

function holderOf({ id, operation, who, created }: LockInfo): string {
  const since = created === undefined ? '' : ` since ${new Date(created).toISOString()}`;
  const what = operation === undefined || operation === '' ? '' : ` for ${operation}`;
  return `${who ?? 'somebody'}${what}${since} (ID ${id})`;
}
