import { basename, resolve } from 'node:path';

import { Flags } from '@oclif/core';

import { ExitCode } from '../../src/errors.js';
import { historyOf, type History } from '../../src/surgery/history.js';
import { openJournal } from '../../src/surgery/journal/journal.js';
import { BaseCommand } from '../../src/ui/base-command.js';
import { renderHistory } from '../../src/ui/history-report.js';

export default class StateHistory extends BaseCommand {
  static override summary = 'List the requests made here, who approved them, and how they ended';

  static override description =
    'Reads the journal of this machine and verifies it: each line holds the hash of the one before. A journal that was ' +
    'changed ends with 1.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --account acme-stage --json',
  ];

  static override flags = {
    account: Flags.string({
      summary: 'only requests on this AWS account',
      helpValue: 'NAME',
      exclusive: ['dir'],
    }),
    dir: Flags.string({ summary: 'only requests on this folder', helpValue: 'DIR', exclusive: ['account'] }),
  };

  override async run(): Promise<History> {
    const { flags } = await this.parse(StateHistory);
    const root = flags.account ?? (flags.dir && basename(resolve(this.world.cwd, flags.dir)));
    const history = await historyOf(openJournal(this.config.dataDir, this.world.now), root);
    this.print(renderHistory(history, this.colour));
    if (history.brokenAt !== undefined) this.endWith(ExitCode.failed);
    return history;
  }
}
