import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { setTimeout } from 'node:timers/promises';

import { resume, unfinishedRequests } from './engine/resume.js';
import type { Journal } from './journal/journal.js';
import type { Ending } from './journal/record.js';
import type { StateStore } from './store/store.js';

/** For a write that a dead process had sent. */
const GRACE_MS = 3000;

export interface Resumed {
  readonly digest: string;
  readonly how: Ending;
  readonly text: string;
}

const TEXTS: Readonly<Record<Ending, string>> = {
  done: 'the state is as approved',
  'rolled-back': 'the state is as before; nothing was written',
  changed: 'somebody else has written the state since; compare it with the backup',
};

/**
 * Ends every attempt on a state that was cut short.
 *
 * @param id the beginning of a request's digest; undefined: all
 * @throws what `resume` throws
 */
export async function resumeAll(
  { store, journal, now }: { store: StateStore; journal: Journal; now: () => number },
  id: string | undefined,
): Promise<Resumed[]> {
  const resumed: Resumed[] = [];
  for (const request of await unfinishedRequests(journal, store.label, id)) {
    const lockRequest = {
      ...{ id: randomUUID(), operation: 'tfrepair state resume', info: '', created: now() },
      who: `${userInfo().username}@${hostname()}`,
    };
    const wait = (): Promise<void> => setTimeout(GRACE_MS);
    const { how } = await resume(request, { store, journal, lockRequest, wait });
    resumed.push({ digest: request.digest, how, text: TEXTS[how] });
  }
  return resumed;
}
