import { ATTEMPT_STEPS, type Ending, type JournalRecord, type JournalStep } from './record.js';

/** What the journal knows of one request. */
export interface JournaledRequest {
  readonly digest: string;
  readonly records: readonly JournalRecord[];
  /** The last thing that was begun. */
  readonly step: JournalStep;
  /** Of the last attempt; undefined: there was none, or it has not ended. */
  readonly how: Ending | undefined;
  /** An attempt to execute it was begun and has not ended. */
  readonly isUnfinished: boolean;
  /** Somebody's no, which is for good. */
  readonly rejection: JournalRecord | undefined;
}

/** The requests of a journal, the oldest first. */
export function requestsIn(records: readonly JournalRecord[]): JournaledRequest[] {
  const byDigest = new Map<string, JournalRecord[]>();
  for (const record of records) {
    const others = byDigest.get(record.request);
    if (others === undefined) byDigest.set(record.request, [record]);
    else others.push(record);
  }
  return [...byDigest].flatMap(([digest, all]) => {
    // What people say while an attempt is under way does not end it.
    const attempted = all.findLast(isOfAttempt);
    const step = attempted?.step ?? all.at(-1)?.step;
    if (step === undefined) return [];
    const isUnfinished = attempted !== undefined && step !== 'ended';
    const rejection = all.find((record) => record.step === 'rejected');
    return [{ digest, records: all, step, how: attempted?.how, isUnfinished, rejection }];
  });
}

function isOfAttempt({ step }: JournalRecord): boolean {
  return ATTEMPT_STEPS.some((one) => one === step);
}

/** What the records of a request say of something, the latest first. */
export function latest<K extends keyof JournalRecord>(
  records: readonly JournalRecord[],
  name: K,
): JournalRecord[K] | undefined {
  return records.findLast((record) => record[name] !== undefined)?.[name];
}
