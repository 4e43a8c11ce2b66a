import { TextDecoder } from 'node:util';

import { LineSplitter } from '../line-splitter.js';
import type { Plan } from '../plan/plan.js';
import { LogReader } from './log-reader.js';

/** A plan that was read from a log, and what the reader has to know about that. */
export interface LogReading {
  readonly plan: Plan;
  /** Short sentences: what could not be read, and why; empty when all is well. */
  readonly notes: readonly string[];
  /** The accounts whose names stand in front of lines (`[account - plan]`), in the log's order. */
  readonly accounts: readonly string[];
}

export interface LogOptions {
  /** Of a log that labels lines with accounts, only this one's are read. */
  readonly account?: string | undefined;
}

/** Lines are cut here. Events of `-json` with long details are shorter. */
const MAX_LINE_BYTES = 1_048_576;
const UTF16_LITTLE_ENDIAN = [0xff, 0xfe];

/**
 * Reads the log of a `plan` (or `apply`, `refresh`) of Terraform 0.13 to 1.14 or OpenTofu, for people or with `-json`, of any
 * length, in memory that does not grow with it. Never throws because of what is in the log.
 *
 * @param chunks the bytes, as they come
 */
export async function readLog(
  chunks: AsyncIterable<Uint8Array>,
  { account }: LogOptions = {},
): Promise<LogReading> {
  const reader = new LogReader(account);
  let binaryLines = 0;
  let cutLines = 0;
  const splitter = new LineSplitter((line) => {
    if (line.length > MAX_LINE_BYTES / 4 && Buffer.byteLength(line) > MAX_LINE_BYTES) cutLines += 1;
    if (line.includes('\0')) binaryLines += 1;
    else reader.line(line);
  }, MAX_LINE_BYTES + 1);
  for await (const chunk of asUtf8(chunks)) splitter.push(chunk);
  splitter.end();
  const plan = reader.result();
  const { accounts } = reader.facts;
  return { plan, accounts, notes: notesOf(reader, plan, { binaryLines, cutLines }) };
}

/** PowerShell writes what it redirects in UTF-16. */
async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst && UTF16_LITTLE_ENDIAN.every((byte, index) => chunk[index] === byte)) {
      decoder = new TextDecoder('utf-16le');
    }
    isFirst = false;
    yield decoder === undefined
      ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
}

function notesOf(
  reader: LogReader,
  plan: Plan,
  { binaryLines, cutLines }: { binaryLines: number; cutLines: number },
): string[] {
  const { accounts, hasEnd, isTooMuch } = reader.facts;
  const isEmpty =
    plan.refreshes.length + plan.changes.length + plan.drift.length + plan.diagnostics.length === 0;
  const notes: string[] = [];
  if (binaryLines > 0) notes.push(`${binaryLines} lines are no text; they were passed over`);
  if (cutLines > 0)
    notes.push(`${cutLines} lines are longer than ${MAX_LINE_BYTES} bytes; their ends were passed over`);
  if (isTooMuch) notes.push('there is more in the log than is kept; the rest was passed over');
  if (isEmpty) notes.push('nothing in the log is output of a terraform plan');
  else if (!hasEnd && plan.outcome === 'planned') {
    notes.push('the log ends before the plan does: it was cut off, or the plan was ended or still runs');
  }
  if (accounts.length > 1) notes.push(`the log is of several accounts: ${accounts.join(', ')}`);
  return notes;
}
