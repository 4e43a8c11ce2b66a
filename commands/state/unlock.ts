import { Flags } from '@oclif/core';

import { openJournal } from '../../src/surgery/journal/journal.js';
import { lookAtLock, type LockReport } from '../../src/surgery/unlock.js';
import { StateCommand } from '../../src/ui/state-command.js';
import { subjectFlags } from '../../src/ui/change-flags.js';
import { renderLock, renderNext, unlockQuestion, warningOf } from '../../src/ui/lock-report.js';

export default class StateUnlock extends StateCommand {
  static override summary = 'Show who has locked a state, and take the lock away by its ID';

  static override description =
    'Says whose lock it is, how old, what it may protect, and which request of ours has taken it. On a terminal the lock is ' +
    'taken away when the beginning of its ID is typed, elsewhere with --lock-id; and only if it still is the same.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --account acme-stage',
    '<%= config.bin %> <%= command.id %> --dir . --lock-id 6d3b0a2e-2f0e-4c8e-9c53-1f5a8b7c9d10',
  ];

  static override flags = {
    'lock-id': Flags.string({ summary: 'take away the lock that has this ID', helpValue: 'ID' }),
    ...subjectFlags,
  };

  /** Whether the lock has been shown already. */
  #shown = false;

  override async run(): Promise<LockReport> {
    const { flags } = await this.parse(StateUnlock);
    const journal = openJournal(this.config.dataDir, this.world.now);
    const release = flags['lock-id'] ?? (this.isInteractive ? this.ask : undefined);
    const report = await this.withState(flags, ({ store }) => lookAtLock(store, journal, release));
    if (!this.#shown) this.show(report);
    const next = this.#shown && !report.released ? 'The lock stays as it is.' : renderNext(report, flags);
    if (next !== undefined) this.print(next);
    return report;
  }

  private show(report: LockReport): void {
    this.print(renderLock(report, this.world.now(), this.colour));
  }

  /** Shows the lock, and wants the beginning of its ID to be typed. */
  private readonly ask = async (report: LockReport): Promise<boolean> => {
    this.show(report);
    this.#shown = true;
    this.note(warningOf(report, this.world.now()));
    return this.prompts('give --lock-id ID').confirmTyped(unlockQuestion(report.lock?.id ?? ''));
  };
}
