import { Flags } from '@oclif/core';

import { openJournal } from '../../src/surgery/journal/journal.js';
import { lookAtLock, type LockReport } from '../../src/surgery/unlock.js';
import { StateCommand } from '../../src/ui/state-command.js';
import { subjectFlags } from '../../src/ui/change-flags.js';
import { renderLock } from '../../src/ui/lock-report.js';

export default class StateUnlock extends StateCommand {
  static override summary = 'Show who has locked a state, and take the lock away by its ID';

  static override description =
    'Without --lock-id nothing is changed: it says whose lock it is, how old, and whether it belongs to a request of ours ' +
    'that was cut short. A lock is taken away only if it still is the one with this ID.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --account acme-stage',
    '<%= config.bin %> <%= command.id %> --dir . --lock-id 6d3b0a2e-2f0e-4c8e-9c53-1f5a8b7c9d10',
  ];

  static override flags = {
    'lock-id': Flags.string({ summary: 'take away the lock that has this ID', helpValue: 'ID' }),
    ...subjectFlags,
  };

  override async run(): Promise<LockReport> {
    const { flags } = await this.parse(StateUnlock);
    const journal = openJournal(this.config.dataDir, this.world.now);
    const report = await this.withState(flags, ({ store }) => lookAtLock(store, journal, flags['lock-id']));
    this.print(renderLock(report, this.world.now(), flags));
    return report;
  }
}
