import { Args } from '@oclif/core';

import { openJournal } from '../../src/surgery/journal/journal.js';
import { resumeAll, type Resumed } from '../../src/surgery/resume-all.js';
import { StateCommand } from '../../src/ui/state-command.js';
import { subjectFlags } from '../../src/ui/change-flags.js';

export default class StateResume extends StateCommand {
  static override summary = 'End what was cut short, and say what became of the state';

  static override description =
    'Reads the journal and the state of each request that was cut short: the state is as before or as approved. Nothing new ' +
    'is written to it; a digest item is made good, and the lock of the request is let go.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --account acme-stage',
    '<%= config.bin %> <%= command.id %> 3f2a9c01d4e5 --dir infrastructure',
  ];

  static override args = {
    request: Args.string({ description: 'the id of a request; default: all', ignoreStdin: true }),
  };

  static override flags = subjectFlags;

  override async run(): Promise<Resumed[]> {
    const { flags, args } = await this.parse(StateResume);
    const journal = openJournal(this.config.dataDir, this.world.now);
    const resumed = await this.withState(flags, ({ store }) =>
      resumeAll({ store, journal, now: this.world.now }, args.request),
    );
    if (resumed.length === 0) this.print('Nothing was cut short.');
    for (const { digest, text } of resumed) this.print(`${digest.slice(0, 12)}  ${text}`);
    return resumed;
  }
}
