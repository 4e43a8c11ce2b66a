import { Args, Flags } from '@oclif/core';

import type { AskReport } from '../../src/surgery/ask.js';
import type { RemoveOperation } from '../../src/surgery/operations/operation.js';
import { StateCommand } from '../../src/ui/state-command.js';
import { changeFlags } from '../../src/ui/change-flags.js';
import { engineFlags } from '../../src/ui/terraform-flags.js';

export default class StateRm extends StateCommand {
  static override summary = 'Ask for resources to be forgotten, and leave them as they are';

  static override description =
    'Prepares the request that a second person approves, and ends with 4: nothing is written. What the addresses stand for ' +
    'is not destroyed; if the configuration still wants it, the next apply makes it anew.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> aws_sqs_queue.orders --account acme --reason "gone"',
    '<%= config.bin %> <%= command.id %> module.old --whole-modules --dir infrastructure --dry-run',
  ];

  static override strict = false;

  static override args = {
    address: Args.string({
      description: 'a Terraform address; several may be given',
      required: true,
      ignoreStdin: true,
    }),
  };

  static override flags = {
    'whole-modules': Flags.boolean({ summary: 'an address may be one of a whole module' }),
    everything: Flags.boolean({ summary: 'nothing may be left in the state' }),
    ...engineFlags,
    ...changeFlags,
  };

  override async run(): Promise<AskReport> {
    const { flags, argv } = await this.parse(StateRm);
    const operation: RemoveOperation = {
      op: 'rm',
      addresses: argv.map(String),
      ...(flags['whole-modules'] ? { wholeModules: true } : {}),
      ...(flags.everything ? { everything: true } : {}),
    };
    return this.askFor(flags, () => Promise.resolve({ operation }));
  }
}
