import { messageOf } from '../../errors.js';
import type { Journal } from '../journal/journal.js';
import { requestsIn } from '../journal/requests.js';
import type { BackedUpState } from './backups.js';
import { removeExpired } from './retention.js';
import type { BackupSettings } from './settings.js';

interface AfterExecution {
  readonly journal: Journal;
  readonly settings: Pick<BackupSettings, 'folder' | 'retention'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told what did not work: a state that is written stays written. */
  readonly note: (text: string) => void;
}

/** What is to be done once a request is done: backups that nobody needs any more are removed. */
export async function afterExecution(
  of: BackedUpState,
  { journal, settings: { folder, retention }, now, note }: AfterExecution,
): Promise<void> {
  try {
    const unfinished = requestsIn((await journal.read()).records).filter(({ isUnfinished }) => isUnfinished);
    const needed = unfinished.flatMap(({ records }) => records.flatMap(({ backup }) => backup?.file ?? []));
    await removeExpired(folder, of, retention, { needed, now: now() });
  } catch (error) {
    note(`old backups were not removed: ${messageOf(error)}`);
  }
}
