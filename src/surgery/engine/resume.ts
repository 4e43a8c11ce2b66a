import { FailedError, UsageError } from '../../errors.js';
import type { Journal } from '../journal/journal.js';
import { latest, requestsIn, type JournaledRequest } from '../journal/requests.js';
import { shortId } from '../request/canonical.js';
import type { LockRequest, StateStore } from '../store/store.js';
import { conclude, type Attempt, type Conclusion } from './conclude.js';

export interface Resumption {
  readonly store: StateStore;
  readonly journal: Journal;
  /** What our lock says about us. */
  readonly lockRequest: LockRequest;
  /** Lets a write that was sent by a process which is dead now arrive, if it ever does. */
  readonly wait: () => Promise<void>;
}

/**
 * The requests on a state whose attempts were cut short.
 *
 * @param id the beginning of a digest; undefined: any
 * @throws UsageError `RequestUnknown`
 */
export async function unfinishedRequests(
  journal: Journal,
  label: string,
  id: string | undefined,
): Promise<JournaledRequest[]> {
  const all = requestsIn((await journal.read()).records).filter(({ records }) =>
    records.some(({ state }) => state === label),
  );
  const wanted = id === undefined ? all : all.filter(({ digest }) => digest.startsWith(id));
  if (id !== undefined && wanted.length === 0) {
    throw new UsageError('RequestUnknown', `no request on ${label} has the id ${id}`, {
      hint: 'tfrepair state history lists all',
    });
  }
  return wanted.filter(({ isUnfinished }) => isUnfinished);
}

/**
 * Brings an attempt that was cut short to its end: nothing new is written to the state, it is as before or as approved
 * already. Its lock is taken over, so that nobody writes meanwhile, and then let go. May be cut short itself.
 *
 * @throws RefusedError `StateLocked` by others, `LockInUse` when the attempt is still going on
 */
export async function resume(request: JournaledRequest, resumption: Resumption): Promise<Conclusion> {
  const { store, journal, lockRequest, wait } = resumption;
  const attempt = attemptOf(request);
  const { locks } = attempt;
  if (locks.length === 0) return conclude(attempt, resumption, () => Promise.resolve());
  await letGo(store, locks);
  await journal.append({ request: request.digest, step: 'verifying', lock: lockRequest.id });
  const held = await store.lock(lockRequest);
  return conclude(attempt, resumption, () => held.release(), { again: wait });
}

/** A process that was killed while it let go of one may have left the other. */
async function letGo(store: StateStore, locks: readonly string[]): Promise<void> {
  const current = await store.currentLock();
  if (current !== undefined && locks.includes(current.id)) await store.breakLock(current.id);
}

function attemptOf(request: JournaledRequest): Attempt {
  const { digest } = request;
  const records = lastAttempt(request);
  const base = latest(records, 'base');
  const post = latest(records, 'post');
  if (base === undefined || post === undefined) {
    throw new FailedError('JournalIncomplete', `the journal does not say what ${shortId(digest)} was to do`);
  }
  return {
    ...{ digest, base, post, locks: records.flatMap(({ lock }) => lock ?? []) },
    mayHaveClaimed: records.some(({ step }) => step === 'claiming'),
    mayHaveWritten: records.some(({ step }) => step === 'writing'),
    hasWritten: records.some(({ written }) => written !== undefined),
  };
}

/** The records since the last attempt began. */
function lastAttempt({ records }: JournaledRequest): JournaledRequest['records'] {
  return records.slice(
    Math.max(
      0,
      records.findLastIndex(({ step }) => step === 'approved'),
    ),
  );
}
