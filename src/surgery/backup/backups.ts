import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import type { StateStore, StoredState } from '../store/store.js';
import { sha256Of } from '../store/stored-state.js';
import { formatBackupName } from './backup-name.js';
import type { BackupEncryption } from './encryption.js';

/** A backup that was read back. */
export interface Backup {
  /** Absolute. */
  readonly file: string;
  /** Of the state, as it was before encryption; hex. */
  readonly sha256: string;
}

/** Which state it is. */
export interface BackedUpState {
  readonly root: string;
  /** Its key or path. */
  readonly key: string;
}

/** @param root the account, or what the folder is called */
export function backedUpState(root: string, { location, label }: StateStore): BackedUpState {
  return { root, key: location.type === 's3' ? location.key : label };
}

export interface Backups {
  /**
   * Keeps a state, and makes sure that it is kept.
   *
   * @throws FailedError `BackupFailed`
   */
  keep(state: StoredState, of: BackedUpState): Promise<Backup>;
}

/**
 * Backups as private files (0600) in a folder.
 *
 * @param folder absolute; it is made
 * @param now milliseconds since the epoch
 * @param encryption undefined: they are as readable as the state
 */
export function openBackups(
  folder: string,
  now: () => number,
  encryption: BackupEncryption | undefined,
): Backups {
  return {
    keep: async (state, { root, key }) => {
      const isEncrypted = encryption !== undefined;
      const name = formatBackupName({ root, key, serial: state.serial, time: now(), isEncrypted });
      const file = join(folder, name);
      const bytes = encryption === undefined ? state.bytes : await encryption.encrypt(state.bytes);
      await writeVerified(file, bytes);
      return { file, sha256: state.sha256 };
    },
  };
}

async function writeVerified(file: string, bytes: Buffer): Promise<void> {
  try {
    await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
    await writeNew(file, bytes);
    if (sha256Of(await readFile(file)) !== sha256Of(bytes)) {
      throw new Error('what is read back is not what was written');
    }
  } catch (error) {
    const isThere = systemCodeOf(error) === 'EEXIST';
    if (!isThere) await rm(file, { force: true }).catch(() => undefined);
    throw new FailedError('BackupFailed', `cannot back up the state to ${file}: ${reasonOf(error)}`, {
      hint: 'nothing was written to the state; make room, or name another folder with --backup-dir',
      cause: error,
    });
  }
}

async function writeNew(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const folder = await open(join(file, '..'), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function reasonOf(error: unknown): string {
  return systemCodeOf(error) === 'ENOSPC' ? 'the disk is full' : messageOf(error);
}
