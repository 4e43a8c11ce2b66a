import { FailedError, messageOf, RefusedError, StateChangedError, TfrepairError } from '../../errors.js';
import type { ApprovalPolicy, Approver } from '../approval.js';
import { backedUpState, type Backup, type Backups } from '../backup/backups.js';
import type { Journal } from '../journal/journal.js';
import type { JournalEntry, JournalStep } from '../journal/record.js';
import { whatWasAsked } from '../journal/what-was-asked.js';
import { requestDigest, shortId } from '../request/canonical.js';
import type { SurgeryRequest } from '../request/request.js';
import { stateChanged } from '../store/state-changed.js';
import type { HeldLock, LockRequest, StateStore, StoredState, WrittenState } from '../store/store.js';
import { sha256Of } from '../store/stored-state.js';
import { conclude } from './conclude.js';
import { requireFree, requireInTime, requireSameState } from './guards.js';

/** Told each step before it is begun. */
export type StepObserver = (step: JournalStep) => void;

export interface Execution {
  readonly store: StateStore;
  readonly policy: ApprovalPolicy;
  readonly journal: Journal;
  readonly backups: Backups;
  /** Computes the new state again, from the state as it was just read. */
  readonly compute: (base: StoredState, request: SurgeryRequest) => Promise<Buffer>;
  /** What our lock says about us. */
  readonly lockRequest: (request: SurgeryRequest, digest: string) => LockRequest;
  /** Keep a copy beside the state, too. */
  readonly keepCopy: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onStep?: StepObserver;
}

export interface Executed {
  /** As it was approved; somebody may have built on it already. */
  readonly state: WrittenState;
  readonly backup: Backup;
  readonly approvers: readonly Approver[];
}

/**
 * Does what a request asks for, if it is approved and the state is still its base. Every step is in the journal before it
 * is begun, so that an end at any instant can be told from it and from the state.
 *
 * @throws RefusedError what the policy says, `RequestExpired`, `OtherState`, `AlreadyExecuted`, `Unfinished`, `StateLocked`,
 *   `StoreUnsafe`, `PostStateDiffers`; StateChangedError: nothing was written; FailedError `BackupFailed` and others: nothing
 *   was written; FailedError `AttemptUnfinished`: the state could not be looked at any more, `tfrepair state resume` will
 */
export async function execute(request: SurgeryRequest, execution: Execution): Promise<Executed> {
  const { store, policy, journal, now } = execution;
  const digest = requestDigest(request);
  requireInTime(request, now());
  requireSameState(request, store);
  requireFree(await journal.read(), digest, store.label);
  const approvers = await policy.verify(request, digest);
  return new Attempting(request, digest, execution).run(approvers);
}

/** One attempt; knows how far it is. */
class Attempting {
  #held: HeldLock | undefined;
  #lock: string | undefined;
  #backup: Backup | undefined;
  #mayHaveClaimed = false;
  #mayHaveWritten = false;
  #written: WrittenState | undefined;

  constructor(
    private readonly request: SurgeryRequest,
    private readonly digest: string,
    private readonly execution: Execution,
  ) {}

  async run(approvers: readonly Approver[]): Promise<Executed> {
    const { root, base, post } = this.request;
    const state = this.execution.store.label;
    await this.#begin({
      step: 'approved',
      ...{ approvers: approvers.map((approver) => ({ ...approver })) },
      ...{ root, state, base: base.sha256, post: { ...post }, ...whatWasAsked(this.request) },
    });
    try {
      const now = await this.#write();
      await this.#finish();
      return this.#executed(now, approvers);
    } catch (error) {
      const now = await this.#concludeAfter(error);
      return this.#executed(now, approvers);
    }
  }

  async #write(): Promise<WrittenState> {
    const { store, compute, lockRequest } = this.execution;
    await store.probe();
    const lock = lockRequest(this.request, this.digest);
    await this.#begin({ step: 'locking', lock: lock.id });
    this.#lock = lock.id;
    this.#held = await store.lock(lock);
    const base = await this.#readBase();
    const post = await compute(base, this.request);
    if (sha256Of(post) !== this.request.post.sha256) throw postStateDiffers(this.digest);
    await this.#begin({ step: 'backing-up' });
    const backup = await this.#keep(base);
    await this.#claim(lock);
    await this.#begin({ step: 'writing', backup });
    this.#mayHaveWritten = true;
    const written = await store.compareAndSwap(base, post);
    if (!store.holds(written, this.request.post)) throw notApproved(store.label);
    this.#written = written;
    await this.#begin({ step: 'verifying', written: written.versionToken });
    return written;
  }

  async #readBase(): Promise<StoredState> {
    const { store } = this.execution;
    const { sha256, versionToken } = this.request.base;
    const now = await store.read();
    if (now?.sha256 === sha256 && now.versionToken === versionToken) return now;
    throw stateChanged(store.label);
  }

  async #keep(base: StoredState): Promise<Backup & { copy?: string }> {
    const { store, backups, keepCopy } = this.execution;
    const backup = await backups.keep(base, backedUpState(this.request.root, store));
    if (backup.sha256 !== this.request.base.sha256) {
      throw new FailedError('BackupFailed', `the backup ${backup.file} is not of the state`);
    }
    this.#backup = backup;
    if (!keepCopy || store.keepCopy === undefined) return { ...backup };
    const name = `tfrepair-${base.serial}-${shortId(this.digest)}.backup`;
    return { ...backup, copy: await store.keepCopy(name, base.bytes) };
  }

  async #claim({ id: attempt, who, created }: LockRequest): Promise<void> {
    const { claims } = this.execution.store;
    if (claims === undefined) return;
    await this.#begin({ step: 'claiming' });
    this.#mayHaveClaimed = true;
    await claims.take({ digest: this.digest, attempt, who, created });
  }

  async #finish(): Promise<void> {
    await this.#begin({ step: 'releasing' });
    await this.#held?.release();
    await this.#begin({ step: 'ended', how: 'done' });
  }

  /** @returns the state when it is as approved in spite of the error */
  async #concludeAfter(error: unknown): Promise<WrittenState> {
    const { base, post } = this.request;
    const attempt = {
      ...{
        digest: this.digest,
        base: base.sha256,
        post,
        locks: this.#lock === undefined ? [] : [this.#lock],
      },
      // Who was told that the state had changed has certainly written nothing.
      mayHaveWritten: this.#mayHaveWritten && !(error instanceof StateChangedError),
      ...{ hasWritten: this.#written !== undefined, mayHaveClaimed: this.#mayHaveClaimed },
    };
    const code = error instanceof TfrepairError ? error.code : undefined;
    let concluded: Awaited<ReturnType<typeof conclude>>;
    try {
      concluded = await conclude(attempt, this.execution, () => this.#release(), { error: code });
    } catch (second) {
      throw unfinished(this.digest, error, second);
    }
    const { how, state } = concluded;
    const done = this.#written ?? state;
    if (how === 'done' && done !== undefined) return done;
    if (how === 'changed' && attempt.mayHaveWritten) {
      throw neitherBeforeNorApproved(this.execution.store.label, error);
    }
    throw error;
  }

  /** Also of a lock that was taken without our being told. */
  async #release(): Promise<void> {
    if (this.#held !== undefined) return this.#held.release();
    const { store } = this.execution;
    const current = this.#lock === undefined ? undefined : await store.currentLock();
    if (current !== undefined && current.id === this.#lock) await store.breakLock(current.id);
  }

  #executed(state: WrittenState, approvers: readonly Approver[]): Executed {
    if (this.#backup === undefined) throw new FailedError('BackupFailed', 'there is no backup');
    return { state, backup: this.#backup, approvers };
  }

  async #begin(entry: Omit<JournalEntry, 'request'>): Promise<void> {
    this.execution.onStep?.(entry.step);
    await this.execution.journal.append({ request: this.digest, ...entry });
  }
}

function notApproved(label: string): FailedError {
  return new FailedError('StateNotVerified', `what was written to ${label} is not what was approved`);
}

function postStateDiffers(digest: string): RefusedError {
  return new RefusedError(
    'PostStateDiffers',
    `what is computed now is not the state that was approved with request ${shortId(digest)}`,
    { hint: 'prepare the request again with this version of tfrepair' },
  );
}

function neitherBeforeNorApproved(label: string, cause: unknown): FailedError {
  return new FailedError(
    'StateOverwritten',
    `${label} is neither as before nor as approved: somebody else has written it meanwhile`,
    { hint: 'compare it with the backup; tfrepair state history names the file', cause },
  );
}

function unfinished(digest: string, error: unknown, cause: unknown): FailedError {
  // What a resume does by itself needs no advice.
  const advice =
    cause instanceof TfrepairError && cause.hint?.includes('tfrepair') === false ? cause.hint : undefined;
  const resume = `tfrepair state resume ${shortId(digest)}`;
  return new FailedError(
    'AttemptUnfinished',
    `${messageOf(error)}; what became of it could not be found out: ${messageOf(cause)}`,
    {
      hint:
        advice === undefined
          ? `when the state can be reached again: ${resume}`
          : `${advice}; then: ${resume}`,
      cause,
    },
  );
}
