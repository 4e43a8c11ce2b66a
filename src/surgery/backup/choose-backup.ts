import { resolve } from 'node:path';

import { backedUpState } from './backups.js';
import type { StateStore, StoredState } from '../store/store.js';
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
 * Reads the backup that a user means: a number is the serial of one in the folder of backups, anything else a file.
 *
 * @param root the account, or what the folder is called
 * @throws what `findBackup` and `readBackup` throw
 */
export async function chooseBackup(
  backup: string,
  { folder, cwd, identity }: BackupPlaces,
  root: string,
  store: StateStore,
): Promise<StoredState> {
  const identityFile = identity === undefined ? undefined : resolve(cwd, identity);
  if (!/^\d+$/.test(backup)) return readBackup(resolve(cwd, backup), identityFile);
  return readBackup(await findBackup(folder, backedUpState(root, store), Number(backup)), identityFile);
}
