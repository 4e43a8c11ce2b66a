import { resolve } from 'node:path';

import { UsageError } from '../../errors.js';
import type { FoundState, StateStore } from '../store/store.js';
import { backedUpState } from './backups.js';
import { findBackup, readBackup } from './read-backup.js';

/** Where backups are looked for. */
export interface BackupPlaces {
  /** Absolute. */
  readonly folder: string;
  readonly cwd: string;
  /** A file with age identities. */
  readonly identity: string | undefined;
}

/**
 * Reads the backup that a user means: a number is the serial of one in the folder of backups, or else of the newest version
 * that the store itself has kept of this state; anything else is a file.
 *
 * @param root the account, or what the folder is called
 * @throws what `findBackup` and `readBackup` throw; FailedError `VersionsUnreadable`
 */
export async function chooseBackup(
  backup: string,
  { folder, cwd, identity }: BackupPlaces,
  root: string,
  store: StateStore,
): Promise<FoundState> {
  const readFile = async (file: string): Promise<FoundState> => {
    const state = await readBackup(file, identity === undefined ? undefined : resolve(cwd, identity));
    return { state, place: `the backup ${file}` };
  };
  if (!/^\d+$/.test(backup)) return readFile(resolve(cwd, backup));
  const serial = Number(backup);
  try {
    return await readFile(await findBackup(folder, backedUpState(root, store), serial));
  } catch (error) {
    if (!(error instanceof UsageError) || store.findEarlier === undefined) throw error;
    const found = await keptByStore(store, serial);
    if (found !== undefined) return found;
    throw new UsageError(error.code, `${error.message}, nor a version of ${store.label} with it`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}

async function keptByStore(store: StateStore, serial: number): Promise<FoundState | undefined> {
  const now = await store.read();
  return now && store.findEarlier?.({ serial, lineage: now.lineage });
}
