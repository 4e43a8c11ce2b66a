import type { LockInfo } from '../terraform/lock/lock-info.js';
import type { Journal } from './journal/journal.js';
import { requestsIn } from './journal/requests.js';
import type { StateStore } from './store/store.js';

export interface LockReport {
  readonly state: string;
  /** null: nobody holds it. */
  readonly lock: LockInfo | null;
  /** The digest of the request of ours that has taken it. */
  readonly request?: string;
  /** Whether it has been taken away. */
  readonly released: boolean;
}

/**
 * Tells whose the lock of a state is, and takes it away when its ID is said.
 *
 * @throws RefusedError `LockChanged`, `LockInUse`; FailedError `LockUnreadable`, `LockInvalid`, `LockNotReleased`
 */
export async function lookAtLock(
  store: StateStore,
  journal: Journal,
  id: string | undefined,
): Promise<LockReport> {
  const lock = await store.currentLock();
  const { records } = await journal.read();
  const owner = requestsIn(records).find((request) =>
    request.records.some((record) => record.lock !== undefined && record.lock === lock?.id),
  );
  if (id !== undefined) await store.breakLock(id);
  const request = owner === undefined ? {} : { request: owner.digest };
  return { state: store.label, lock: lock ?? null, ...request, released: id !== undefined };
}
