import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

import { FailedError, systemCodeOf } from '../../errors.js';

const RETRY_MS = 20;
const PATIENCE_MS = 15_000;

/** Nobody appends for so long: whoever held it elsewhere is gone. */
const ABANDONED_MS = 10_000;

/**
 * Runs `action` while no other process on any machine that shares the folder does the same. A process that was killed
 * while it held the file is noticed by its number, or on another machine by the file's age.
 *
 * @throws FailedError `JournalBusy`
 */
export async function exclusively<T>(file: string, action: () => Promise<T>): Promise<T> {
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, `${hostname()} ${process.pid}`, { mode: 0o600, flag: 'wx' });
  try {
    await take(file, own);
    try {
      return await action();
    } finally {
      await rm(file, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function take(file: string, own: string): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += RETRY_MS) {
    try {
      // A link is made at once or not at all, with what is in it.
      await link(own, file);
      return;
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    }
    const held = await holderOf(file);
    if (held !== undefined && isAbandoned(held)) await takeAway(file, held.text);
    else await setTimeout(RETRY_MS);
  }
  throw new FailedError('JournalBusy', `another tfrepair is writing to the journal for too long (${file})`, {
    hint: 'end it, or remove the file when there is none',
  });
}

interface Holder {
  readonly text: string;
  readonly age: number;
}

async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    const [text, { ctimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { text, age: Date.now() - ctimeMs };
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isAbandoned({ text, age }: Holder): boolean {
  const [host, pid] = text.split(' ');
  if (host !== hostname()) return age > ABANDONED_MS;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return systemCodeOf(error) === 'ESRCH';
  }
}

/** Two may notice at once: what was moved aside is looked at again, and given back if it is somebody else's by now. */
async function takeAway(file: string, text: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== text) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}
