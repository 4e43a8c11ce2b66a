import { realpath, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { FailedError, messageOf, RefusedError } from '../../errors.js';
import { readLocalLock } from '../../terraform/lock/local-lock.js';
import type { LockInfo } from '../../terraform/lock/lock-info.js';
import type { LockRequest } from '../store/store.js';
import type { FileLocks } from './file-locks.js';
import { lockDocument } from './lock-document.js';
import { lockChanged, stateLocked } from './lock-errors.js';

/** The lock of a state that is a file: on the file itself, with a note beside it that says whose it is. */
export interface LocalLock {
  readonly id: string;
  /** Locks a file that is going to take the state's place. */
  extend(file: string): Promise<void>;
  /** @throws FailedError `LockNotReleased` */
  release(): Promise<void>;
}

/**
 * @param state the file, as the backend names it
 * @param openLocks makes what holds the locks
 * @throws RefusedError `StateLocked`; FailedError `LockFailed`, `LockUnavailable`
 */
export async function takeLocalLock(
  state: string,
  request: LockRequest,
  openLocks: () => Promise<FileLocks>,
): Promise<LocalLock> {
  const note = noteOf(state);
  const locks = await openLocks();
  try {
    if (!(await locks.lock(await realpath(state)))) throw stateLocked(state, await holderOf(state));
    await writeFile(note, lockDocument(request, state), { mode: 0o600 });
  } catch (error) {
    await locks.release();
    if (error instanceof RefusedError || error instanceof FailedError) throw error;
    throw new FailedError('LockFailed', `cannot lock ${state}: ${messageOf(error)}`, { cause: error });
  }
  return {
    id: request.id,
    extend: async (file) => {
      if (!(await locks.lock(file))) throw new FailedError('LockFailed', `somebody has locked ${file}`);
    },
    release: async () => {
      try {
        // Whoever has locked the file that took the state's place has left a note of their own.
        if ((await holderOf(state))?.id === request.id) await rm(note, { force: true });
      } finally {
        await locks.release();
      }
    },
  };
}

/** @throws RefusedError `LockChanged`, `LockInUse`; FailedError `LockNotReleased`, `LockUnavailable` */
export async function breakLocalLock(
  state: string,
  id: string,
  openLocks: () => Promise<FileLocks>,
): Promise<void> {
  const held = await readLocalLock(state);
  if (held?.id !== id) throw lockChanged(state, held);
  const locks = await openLocks();
  try {
    if (!(await locks.lock(await realpath(state)))) {
      throw new RefusedError('LockInUse', `a running program has locked ${state}, which nobody can undo`, {
        hint: `end that program: ${held.who ?? 'its user'} knows it`,
      });
    }
    await rm(noteOf(state), { force: true });
  } finally {
    await locks.release();
  }
}

/** The note that terraform leaves beside the file. */
function noteOf(state: string): string {
  return join(dirname(state), `.${basename(state)}.lock.info`);
}

/** A note that cannot be read says nothing. */
async function holderOf(state: string): Promise<LockInfo | undefined> {
  return readLocalLock(state).catch(() => undefined);
}
