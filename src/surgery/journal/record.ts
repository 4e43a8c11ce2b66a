import { createHash } from 'node:crypto';

import * as v from 'valibot';

/** The steps of an attempt to execute a request. */
export const ATTEMPT_STEPS = [
  /** Its approval holds, the attempt begins. */
  'approved',
  'locking',
  'backing-up',
  /** It is written down beside the state, too, that the request is executed. */
  'claiming',
  /** The backup was read back; from here on the state may be the new one. */
  'writing',
  'verifying',
  'releasing',
  /** How the attempt ended. */
  'ended',
] as const;

/** What comes next for a request, written before it is begun; and what people have said about it. */
export const JOURNAL_STEPS = [
  /** The request was made. */
  'prepared',
  /** Somebody has said no, and it will never be executed. */
  'rejected',
  /** Its maker goes on without a second person. */
  'break-glass',
  ...ATTEMPT_STEPS,
] as const;

export type JournalStep = (typeof JOURNAL_STEPS)[number];

/** `done`: the state is as approved. `rolled-back`: it is as before. `changed`: somebody else has written it. */
export const ENDINGS = ['done', 'rolled-back', 'changed'] as const;

export type Ending = (typeof ENDINGS)[number];

const text = v.pipe(v.string(), v.maxLength(8192));

const Person = v.strictObject({ person: text, proof: text, principal: text });

const Fields = {
  /** The operation digest. */
  request: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  step: v.picklist(JOURNAL_STEPS),
  /** ISO 8601, UTC. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  root: v.exactOptional(text),
  /** The state, for people. */
  state: v.exactOptional(text),
  /** e.g. `rm` */
  operations: v.exactOptional(v.array(text)),
  /** Of the request; of a rejection or a break-glass its own. */
  reason: v.exactOptional(text),
  ticket: v.exactOptional(text),
  /** An ARN; else the name of a person, or the fingerprint of an SSH key. */
  requester: v.exactOptional(text),
  /** The request's own file. */
  file: v.exactOptional(text),
  approvers: v.exactOptional(v.array(Person)),
  /** Who has rejected it, or goes on without a second person. */
  by: v.exactOptional(Person),
  /** Of the state before and after, hex. */
  base: v.exactOptional(text),
  post: v.exactOptional(v.strictObject({ sha256: text, serial: v.pipe(v.number(), v.safeInteger()) })),
  /** The ID of the lock. */
  lock: v.exactOptional(text),
  /** Files of backups, the private one first, and what it holds. */
  backup: v.exactOptional(v.strictObject({ file: text, sha256: text, copy: v.exactOptional(text) })),
  /** The version that the store has made of the new state, and has given back. */
  written: v.exactOptional(text),
  how: v.exactOptional(v.picklist(ENDINGS)),
  /** The code of the error that ended it. */
  error: v.exactOptional(text),
} as const;

const RecordSchema = v.strictObject({
  ...Fields,
  /** Bytes of a record that was cut short by a crash, and was taken away before this one was written. */
  torn: v.exactOptional(v.number()),
  /** SHA-256 of the line before, without its line break; of the first line: 64 zeros. */
  previous: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

/** One line of the journal. No attribute value of a state is in it. */
export type JournalRecord = v.InferOutput<typeof RecordSchema>;

/** What is to be recorded. */
export type JournalEntry = Omit<JournalRecord, 'at' | 'previous' | 'torn'>;

/** What the first line has before it. */
export const GENESIS = '0'.repeat(64);

/** What the next line is chained to. */
export function lineHash(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}

/** A line's record; undefined: it is none. */
export function parseRecord(line: string): JournalRecord | undefined {
  try {
    const result = v.safeParse(RecordSchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
