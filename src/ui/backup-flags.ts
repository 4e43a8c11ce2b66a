import { Flags } from '@oclif/core';

/** Flags of the commands that make backups, or look for them. */
export const backupFlags = {
  'backup-dir': Flags.string({
    summary: 'the folder of backups',
    helpValue: 'DIR',
    env: 'TFREPAIR_BACKUP_DIR',
  }),
};
