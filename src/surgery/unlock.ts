import type { LockInfo } from '../terraform/lock/lock-info.js';
import type { Journal } from './journal/journal.js';
import type { JournalStep } from './journal/record.js';
import { latest, requestsIn } from './journal/requests.js';
import type { StateStore } from './store/store.js';

export interface LockReport {
  readonly state: string;
  /** null: nobody holds it. */
  readonly lock: LockInfo | null;
  /** The digest of the request of ours that has taken it. */
  readonly request?: string;
  /** What the journal knows of that request. */
  readonly entry?: {
    /** What was begun last, and when (ISO 8601, UTC). */
    readonly step: JournalStep;
    readonly at: string;
    readonly reason: string;
    /** It was cut short, or goes on still. */
    readonly isUnfinished: boolean;
  };
  /** Whether it has been taken away. */
  readonly released: boolean;
}

/** Which lock may be taken away: the one with this ID, or the one that somebody has been shown and agrees to. */
export type Release = string | ((report: LockReport) => Promise<boolean>) | undefined;

/**
 * Tells whose the lock of a state is, and takes it away when its ID is said, or when somebody agrees to it.
 *
 * @throws RefusedError `LockChanged`, `LockInUse`; FailedError `LockUnreadable`, `LockInvalid`, `LockNotReleased`
 */
export async function lookAtLock(store: StateStore, journal: Journal, release: Release): Promise<LockReport> {
  const lock = await store.currentLock();
  const report = {
    state: store.label,
    lock: lock ?? null,
    ...(await ownerOf(lock, journal)),
    released: false,
  };
  const id = typeof release === 'string' ? release : await agreedTo(report, release);
  if (id === undefined) return report;
  await store.breakLock(id);
  return { ...report, released: true };
}

/** The lock of a request that was cut short is let go by `resume`, which looks at the state first. */
async function agreedTo(report: LockReport, agrees: Exclude<Release, string>): Promise<string | undefined> {
  if (report.lock === null || agrees === undefined || report.entry?.isUnfinished === true) return undefined;
  return (await agrees(report)) ? report.lock.id : undefined;
}

async function ownerOf(
  lock: LockInfo | undefined,
  journal: Journal,
): Promise<Pick<LockReport, 'request' | 'entry'>> {
  if (lock === undefined) return {};
  const { records } = await journal.read();
  const owner = requestsIn(records).find(({ records: own }) => own.some((record) => record.lock === lock.id));
  if (owner === undefined) return {};
  const { digest, records: own, step, isUnfinished } = owner;
  const at = own.findLast((record) => record.step === step)?.at ?? '';
  return { request: digest, entry: { step, at, reason: latest(own, 'reason') ?? '', isUnfinished } };
}
