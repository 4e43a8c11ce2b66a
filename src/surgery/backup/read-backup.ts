import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf, UsageError } from '../../errors.js';
import { Secret } from '../../secret.js';
import { storedState, MAX_STATE_BYTES } from '../store/stored-state.js';
import type { StoredState } from '../store/store.js';
import { parseBackupName, seriesOf } from './backup-name.js';
import type { BackedUpState } from './backups.js';
import { decryptWith } from './encryption.js';

const MAX_IDENTITY_BYTES = 64 * 1024;

/**
 * Reads what a backup holds.
 *
 * @param identityFile with age identities, for one that is encrypted
 * @throws FailedError `BackupUnreadable`, `BackupNotDecrypted`, `StateInvalid`
 */
export async function readBackup(file: string, identityFile: string | undefined): Promise<StoredState> {
  const bytes = await bytesOf(file, MAX_STATE_BYTES);
  if (!bytes.subarray(0, 22).equals(Buffer.from('age-encryption.org/v1\n'))) {
    return storedState(bytes, '', file);
  }
  const identities = identityFile === undefined ? '' : await bytesOf(identityFile, MAX_IDENTITY_BYTES);
  return storedState(await decryptWith(new Secret(identities.toString()), bytes), '', file);
}

/**
 * The newest backup of a state that has a serial.
 *
 * @throws UsageError `BackupMissing`, naming the serials that there are
 */
export async function findBackup(folder: string, of: BackedUpState, serial: number): Promise<string> {
  const names = await namesIn(folder);
  const own = names.flatMap((name) => {
    const parsed = parseBackupName(name);
    return parsed !== undefined && `${parsed.root}__${parsed.key}` === seriesOf(of)
      ? [{ name, ...parsed }]
      : [];
  });
  const [found] = own.filter((one) => one.serial === serial).sort((a, b) => b.time - a.time);
  if (found !== undefined) return join(folder, found.name);
  const serials = [...new Set(own.map((one) => one.serial))].sort((a, b) => b - a).slice(0, 5);
  throw new UsageError('BackupMissing', `there is no backup of serial ${serial} in ${folder}`, {
    hint: serials.length === 0 ? 'name the file of a backup' : `the newest are of ${serials.join(', ')}`,
  });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function bytesOf(file: string, maxBytes: number): Promise<Buffer> {
  try {
    return await readBounded(file, maxBytes);
  } catch (error) {
    throw new FailedError('BackupUnreadable', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
}
