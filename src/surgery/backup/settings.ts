import { join, resolve } from 'node:path';

import type { Config } from '../../config/config.js';
import { setting } from '../../config/setting.js';
import { encryptFor, type BackupEncryption } from './encryption.js';
import { DEFAULT_RETENTION, type Retention } from './retention.js';

/** How states are backed up on this machine. */
export interface BackupSettings {
  /** Absolute. */
  readonly folder: string;
  /** undefined: backups are as readable as the state. */
  readonly encryption: BackupEncryption | undefined;
  readonly retention: Retention;
  /** Keep a copy beside the state, too. */
  readonly copyBeside: boolean;
}

/** Where folders are looked for. */
export interface BackupBase {
  readonly dataFolder: string;
  readonly cwd: string;
}

/** The settings of `[tfrepair.backup]`, over which the flags go. */
export function backupSettings(
  { tfrepair }: Pick<Config, 'tfrepair'>,
  flags: { readonly 'backup-dir'?: string | undefined },
  { dataFolder, cwd }: BackupBase,
): BackupSettings {
  const { dir, recipients, keep_count, keep_days, copy_beside } = tfrepair.backup ?? {};
  const named = setting(flags['backup-dir'], dir);
  return {
    folder: named === undefined ? join(dataFolder, 'backups') : resolve(cwd, named),
    encryption: recipients === undefined ? undefined : encryptFor(recipients),
    retention: {
      count: keep_count ?? DEFAULT_RETENTION.count,
      days: keep_days ?? DEFAULT_RETENTION.days,
    },
    copyBeside: copy_beside ?? false,
  };
}
