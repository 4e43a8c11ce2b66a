import { join, resolve } from 'node:path';

import type { StateStore, StoredState } from '../store/store.js';
import { findBackup, readBackup } from './read-backup.js';

/** Where backups are looked for. */
export interface BackupPlaces {
  /** What the user has named. */
  readonly named: string | undefined;
  readonly dataFolder: string;
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
  { named, dataFolder, cwd, identity }: BackupPlaces,
  root: string,
  { location, label }: StateStore,
): Promise<StoredState> {
  const identityFile = identity === undefined ? undefined : resolve(cwd, identity);
  if (!/^\d+$/.test(backup)) return readBackup(resolve(cwd, backup), identityFile);
  const folder = named === undefined ? join(dataFolder, 'backups') : resolve(cwd, named);
  const key = location.type === 's3' ? location.key : label;
  return readBackup(await findBackup(folder, { root, key }, Number(backup)), identityFile);
}
