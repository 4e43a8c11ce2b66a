import { GENESIS, lineHash, parseRecord, type JournalRecord } from './record.js';

/** What a journal says, and whether it can be believed. */
export interface VerifiedJournal {
  /** All that can be read, also of a broken chain. */
  readonly records: readonly JournalRecord[];
  /** The number of the first line that does not follow from the one before; undefined: all do. */
  readonly brokenAt: number | undefined;
  /** Bytes at the end that are no whole line: a crash came while they were written. */
  readonly tornBytes: number;
  /** What the next line is chained to. */
  readonly head: string;
}

/**
 * Reads a journal and follows its chain. A line that was changed, taken out or put in between breaks it at the line after;
 * lines that were cut off at the end leave no trace, which only a copy of the head kept elsewhere would show.
 */
export function verifyChain(bytes: Buffer): VerifiedJournal {
  const end = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
  const records: JournalRecord[] = [];
  let head = GENESIS;
  let brokenAt: number | undefined;
  for (const [index, line] of lines.entries()) {
    const record = parseRecord(line);
    if (record?.previous !== head) brokenAt ??= index + 1;
    if (record !== undefined) records.push(record);
    head = lineHash(line);
  }
  return { records, brokenAt, tornBytes: bytes.length - end, head };
}
