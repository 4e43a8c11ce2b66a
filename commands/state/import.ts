import { Args } from '@oclif/core';

import type { AskReport } from '../../src/surgery/ask.js';
import { StateCommand } from '../../src/ui/state-command.js';
import { changeFlags } from '../../src/ui/change-flags.js';

export default class StateImport extends StateCommand {
  static override summary = 'Ask for something that exists to be taken into a state';

  static override description =
    'Prepares the request that a second person approves, and ends with 4: nothing is written. Terraform imports into a ' +
    'private copy of the state; only the object at the address is taken from it. The configuration has to have the address.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> aws_s3_bucket.logs acme-logs --account acme --dry-run',
    `<%= config.bin %> <%= command.id %> 'terraform_data.a["x"]' some-id --dir . --reason lost`,
  ];

  static override args = {
    address: Args.string({
      description: 'a Terraform address at which there is nothing yet',
      required: true,
      ignoreStdin: true,
    }),
    id: Args.string({
      description: 'what the provider knows it by, as for terraform import',
      required: true,
      ignoreStdin: true,
    }),
  };

  static override flags = changeFlags;

  override async run(): Promise<AskReport> {
    const { flags, args } = await this.parse(StateImport);
    const { address, id } = args;
    return this.askFor(flags, () => Promise.resolve({ operation: { op: 'import', address, id } }));
  }
}
