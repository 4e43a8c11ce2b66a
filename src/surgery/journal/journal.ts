import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf, TfrepairError } from '../../errors.js';
import { exclusively } from './exclusive.js';
import type { JournalEntry } from './record.js';
import { verifyChain, type VerifiedJournal } from './verify-chain.js';

/** A request leaves some 3 kB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** What happened to requests: kept on this machine, only ever added to. */
export interface Journal {
  /**
   * Writes a record down, and waits until it is on the disk: what it announces is done only then.
   *
   * @throws FailedError `JournalNotWritten`, `JournalBroken`
   */
  append(entry: JournalEntry): Promise<void>;
  /** @throws FailedError `JournalUnreadable` */
  read(): Promise<VerifiedJournal>;
}

/**
 * The journal of a data folder: one file of JSON lines for all requests, each chained to the line before. One file, because
 * then a request whose records have all been taken away is missed as well.
 *
 * @param now milliseconds since the epoch
 */
export function openJournal(folder: string, now: () => number): Journal {
  const file = join(folder, 'journal.jsonl');
  const read = async (): Promise<VerifiedJournal> => verifyChain(await bytesOf(file));
  return {
    read,
    append: async (entry) => {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await exclusively(`${file}.lock`, async () => {
          await appendTo(file, entry, now());
        });
      } catch (error) {
        if (error instanceof TfrepairError) throw error;
        throw new FailedError(
          'JournalNotWritten',
          `cannot write to the journal ${file}: ${messageOf(error)}`,
          {
            hint: 'nothing is done that is not written down first; make room, or mend its permissions',
            cause: error,
          },
        );
      }
    },
  };
}

async function appendTo(file: string, entry: JournalEntry, now: number): Promise<void> {
  const bytes = await bytesOf(file);
  const { head, brokenAt, tornBytes } = verifyChain(bytes);
  if (brokenAt !== undefined) throw journalBroken(file, brokenAt);
  const torn = tornBytes === 0 ? {} : { torn: tornBytes };
  const record = { at: new Date(now).toISOString(), ...entry, ...torn, previous: head };
  const handle = await open(file, 'a', 0o600);
  try {
    // What a crash has left was never acted upon.
    if (tornBytes > 0) await handle.truncate(bytes.length - tornBytes);
    await handle.appendFile(`${JSON.stringify(record)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (bytes.length === 0) await syncFolder(file);
}

/** The name of a new file is on the disk only when its folder is. */
async function syncFolder(file: string): Promise<void> {
  let folder: FileHandle | undefined;
  try {
    folder = await open(join(file, '..'), 'r');
    await folder.sync();
  } finally {
    await folder?.close();
  }
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readBounded(file, MAX_BYTES);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw new FailedError('JournalUnreadable', `cannot read the journal ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function journalBroken(file: string, line: number): FailedError {
  return new FailedError(
    'JournalBroken',
    `the journal ${file} was changed: line ${line} does not follow from the one before`,
    { hint: 'find out who did, and put the file away; a new one is begun then' },
  );
}
