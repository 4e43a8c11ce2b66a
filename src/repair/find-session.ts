import { UsageError } from '../errors.js';
import { historyOf } from '../surgery/history.js';
import { openJournal } from '../surgery/journal/journal.js';
import { shortId } from '../surgery/request/canonical.js';
import { loadSession, type SavedSession } from './session-file.js';

/**
 * Finds out how to go on with a repair, or that it is over.
 *
 * @param folder the data folder
 * @param now milliseconds since the epoch
 * @throws UsageError `RepairOver`, `RepairUnknown`; FailedError `RepairUnreadable`
 */
export async function findSession(folder: string, id: string, now: () => number): Promise<SavedSession> {
  try {
    return await loadSession(folder, id);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { requests } = await historyOf(openJournal(folder, now));
    const isOver = requests.some(({ digest, result }) => shortId(digest) === id && result === 'done');
    if (!isOver) throw error;
    throw new UsageError('RepairOver', `repair ${id} is over: the state is as approved`, {
      hint: 'tfrepair state history shows it; tfrepair repair diagnoses again',
    });
  }
}
