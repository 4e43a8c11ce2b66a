import { readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import { MAX_LOCK_BYTES, parseLockInfo, type LockInfo } from './lock-info.js';

/**
 * The lock of a state that is a file. Terraform locks the file itself and says beside it who does; a terraform that was
 * killed leaves that behind, but no lock, which Linux can tell of its own processes.
 *
 * @param state absolute path of the state file
 * @throws FailedError `LockUnreadable`, `LockInvalid`
 */
export async function readLocalLock(state: string): Promise<LockInfo | undefined> {
  const file = join(dirname(state), `.${basename(state)}.lock.info`);
  const document = await textOf(file);
  if (document === undefined) return undefined;
  const lock = parseLockInfo(document, file);
  const isOfHere = lock.who?.endsWith(`@${hostname()}`) === true;
  return isOfHere && (await isLocked(state)) === false ? undefined : lock;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readBounded(file, MAX_LOCK_BYTES)).toString('utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw new FailedError('LockUnreadable', `cannot read the lock ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/**
 * Whether a process of this machine has locked a file; undefined where the system does not tell.
 *
 * @see proc_locks(5): `1: POSIX  ADVISORY  WRITE 4242 fd:01:1234 0 EOF`
 */
async function isLocked(file: string): Promise<boolean | undefined> {
  try {
    const [locks, { ino }] = await Promise.all([readFile('/proc/locks', 'utf8'), stat(file)]);
    return new RegExp(`^\\d+: POSIX .* [\\da-f]+:[\\da-f]+:${ino} `, 'm').test(locks);
  } catch {
    return undefined;
  }
}
