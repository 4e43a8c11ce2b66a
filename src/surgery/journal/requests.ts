import type { Ending, JournalRecord, JournalStep } from './record.js';

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
    const last = all.at(-1);
    if (last === undefined) return [];
    const { step, how } = last;
    const isUnfinished = step !== 'prepared' && step !== 'ended';
    return [{ digest, records: all, step, how, isUnfinished }];
  });
}

/** What the records of a request say of something, the latest first. */
export function latest<K extends keyof JournalRecord>(
  records: readonly JournalRecord[],
  name: K,
): JournalRecord[K] | undefined {
  return records.findLast((record) => record[name] !== undefined)?.[name];
}
