import { Args, Flags } from '@oclif/core';

import type { AskReport } from '../../src/surgery/ask.js';
import { chooseBackup } from '../../src/surgery/backup/choose-backup.js';
import { backupSettings } from '../../src/surgery/backup/settings.js';
import { backupFlags } from '../../src/ui/backup-flags.js';
import { StateCommand } from '../../src/ui/state-command.js';
import { changeFlags } from '../../src/ui/change-flags.js';

export default class StateRestore extends StateCommand {
  static override summary = 'Ask for an earlier content of a state to be current again';

  static override description =
    'Prepares the request that a second person approves, and ends with 4: nothing is written. The earlier content gets the ' +
    'serial after the present one, so that terraform goes on from it.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> 41 --account acme --reason "wrong queue"',
    '<%= config.bin %> <%= command.id %> backups/state.tfstate --dir infrastructure --dry-run',
  ];

  static override args = {
    backup: Args.string({
      description: 'the file of a backup, or the serial of one or of a version in S3',
      required: true,
      ignoreStdin: true,
    }),
  };

  static override flags = {
    ...backupFlags,
    identity: Flags.string({ summary: 'age identities, for a backup that is encrypted', helpValue: 'FILE' }),
    ...changeFlags,
  };

  override async run(): Promise<AskReport> {
    const { flags, args } = await this.parse(StateRestore);
    const { cwd } = this.world;
    return this.askFor(flags, async ({ name, store }, config) => {
      const { folder } = backupSettings(config, flags, { dataFolder: this.config.dataDir, cwd });
      const places = { folder, cwd, identity: flags.identity };
      const { state: earlier, place } = await chooseBackup(args.backup, places, name, store);
      this.note(`The earlier content is that of ${place}.`);
      const { sha256, serial } = earlier;
      return { operation: { op: 'restore', sha256, serial }, earlier };
    });
  }
}
