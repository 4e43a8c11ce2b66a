import type { HeldLock, LockRequest } from '../store/store.js';
import { lockChanged } from './lock-errors.js';
import type { Lock } from './lock.js';

/**
 * Takes locks one after the other, as terraform does; when one is taken already, those before it are given back.
 *
 * @throws RefusedError `StateLocked`, FailedError `LockFailed`
 */
export async function lockAll(locks: readonly Lock[], request: LockRequest): Promise<HeldLock> {
  const { id } = request;
  const taken: Lock[] = [];
  try {
    for (const lock of locks) {
      await lock.take(request);
      taken.push(lock);
    }
  } catch (error) {
    // Whose lock it is matters more than that ours could not be removed.
    await releaseAll(taken, id).catch(() => undefined);
    throw error;
  }
  return { id, release: () => releaseAll(taken, id) };
}

/** The last one first; one that cannot be given back does not keep the others. */
async function releaseAll(locks: readonly Lock[], id: string): Promise<void> {
  const outcomes = await Promise.allSettled(locks.toReversed().map((lock) => lock.release(id)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** @throws RefusedError `LockChanged`, FailedError `LockNotReleased` */
export async function breakAll(locks: readonly Lock[], id: string): Promise<void> {
  let isBroken = false;
  for (const lock of locks) isBroken = (await lock.release(id)) || isBroken;
  if (isBroken) return;
  for (const lock of locks) throw lockChanged(lock.label, await lock.current());
}
