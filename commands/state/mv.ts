import { Args, Flags } from '@oclif/core';

import type { AskReport } from '../../src/surgery/ask.js';
import { readMoves } from '../../src/surgery/moves.js';
import { StateCommand } from '../../src/ui/state-command.js';
import { changeFlags } from '../../src/ui/change-flags.js';
import { engineFlags } from '../../src/ui/terraform-flags.js';

export default class StateMv extends StateCommand {
  static override summary = 'Ask for resources to be known under other addresses';

  static override description =
    'Prepares the request that a second person approves, and ends with 4: nothing is written. All moves are one write, one ' +
    'after the other. A file of moves is a JSON list of objects with "from" and "to".';

  static override examples = [
    '<%= config.bin %> <%= command.id %> aws_sqs_queue.a aws_sqs_queue.b --dir . --reason new',
    '<%= config.bin %> <%= command.id %> --from-file moves.json --dir infrastructure --dry-run',
  ];

  static override strict = false;

  static override args = {
    from: Args.string({ description: 'where it is; pairs may be repeated', ignoreStdin: true }),
    to: Args.string({ description: 'where it shall be', ignoreStdin: true }),
  };

  static override flags = {
    'from-file': Flags.string({ summary: 'a file with moves', helpValue: 'FILE' }),
    ...engineFlags,
    ...changeFlags,
  };

  override async run(): Promise<AskReport> {
    const { flags, argv } = await this.parse(StateMv);
    const moves = await readMoves(argv.map(String), flags['from-file'], this.world.cwd);
    return this.askFor(flags, () => Promise.resolve({ operation: { op: 'mv', moves } }));
  }
}
