import type { Ending } from '../journal/record.js';
import type { Journal } from '../journal/journal.js';
import type { SurgeryRequest } from '../request/request.js';
import type { StateStore, StoredState } from '../store/store.js';

/** An attempt that is to be brought to its end, wherever it stands. */
export interface Attempt {
  readonly digest: string;
  /** SHA-256 of the state before. */
  readonly base: string;
  readonly post: SurgeryRequest['post'];
  /** The IDs of its locks, by which its claim is known. */
  readonly locks: readonly string[];
  /** Whether the request may have been claimed. */
  readonly mayHaveClaimed: boolean;
  /** Whether the state may have been written. */
  readonly mayHaveWritten: boolean;
  /** Whether the store has said so: what it has now was built on that, or put in its place. */
  readonly hasWritten: boolean;
}

export interface Conclusion {
  readonly how: Ending;
  /** What is in the store now. */
  readonly state: StoredState | undefined;
}

/**
 * Finds out what became of an attempt by looking at the state, makes good what its write left undone, gives back the
 * claim of one that wrote nothing, lets go of the lock, and writes down how it ended. May be repeated at any point: it ends the same way.
 *
 * @param again looks at the state once more after a while, when a write may still be on its way
 * @param release gives the attempt's lock back
 * @param error the code of what cut the attempt short
 */
export async function conclude(
  attempt: Attempt,
  { store, journal }: { readonly store: StateStore; readonly journal: Journal },
  release: () => Promise<void>,
  { again, error }: { readonly again?: () => Promise<void>; readonly error?: string | undefined } = {},
): Promise<Conclusion> {
  let state = await store.read();
  if (attempt.mayHaveWritten && again !== undefined && endingOf(attempt, store, state) === 'rolled-back') {
    await again();
    state = await store.read();
  }
  const how = endingOf(attempt, store, state);
  if (state !== undefined && attempt.mayHaveWritten && isKnown(attempt, store, state))
    await store.settle(state);
  if (mayTryAgain(attempt, how)) await store.claims?.giveBack(attempt.digest, attempt.locks);
  await release();
  await journal.append({
    ...{ request: attempt.digest, step: 'ended', how },
    ...(error === undefined ? {} : { error }),
  });
  return { how, state };
}

function endingOf(attempt: Attempt, store: StateStore, state: StoredState | undefined): Ending {
  const { base, post, mayHaveWritten, hasWritten } = attempt;
  if (hasWritten) return 'done';
  if (state === undefined) return 'changed';
  if (mayHaveWritten && store.holds(state, post)) return 'done';
  return state.sha256 === base ? 'rolled-back' : 'changed';
}

/** A claim on a request that may have been done stays. */
function mayTryAgain({ mayHaveClaimed, mayHaveWritten }: Attempt, how: Ending): boolean {
  return mayHaveClaimed && (how === 'rolled-back' || (how === 'changed' && !mayHaveWritten));
}

/** What is somebody else's they have settled themselves. */
function isKnown({ base, post }: Attempt, store: StateStore, state: StoredState): boolean {
  return state.sha256 === base || store.holds(state, post);
}
