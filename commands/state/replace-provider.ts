import { Args, Flags } from '@oclif/core';

import type { AskReport } from '../../src/surgery/ask.js';
import { StateCommand } from '../../src/ui/state-command.js';
import { changeFlags } from '../../src/ui/change-flags.js';
import { engineFlags } from '../../src/ui/terraform-flags.js';

export default class StateReplaceProvider extends StateCommand {
  static override summary = 'Ask for resources to belong to another provider';

  static override description =
    'Prepares the request that a second person approves, and ends with 4: nothing is written. Providers are named as in ' +
    'required_providers, e.g. hashicorp/aws or registry.terraform.io/-/aws.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> acme/aws hashicorp/aws --dir . --reason fork',
  ];

  static override args = {
    from: Args.string({ description: 'the provider as it is', required: true, ignoreStdin: true }),
    to: Args.string({ description: 'the provider as it shall be', required: true, ignoreStdin: true }),
  };

  static override flags = {
    only: Flags.string({
      summary: 'only this resource; repeatable',
      helpValue: 'ADDRESS',
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...engineFlags,
    ...changeFlags,
  };

  override async run(): Promise<AskReport> {
    const { flags, args } = await this.parse(StateReplaceProvider);
    const { from, to } = args;
    const only = flags.only === undefined ? {} : { addresses: flags.only };
    return this.askFor(flags, () =>
      Promise.resolve({ operation: { op: 'replace-provider', from, to, ...only } }),
    );
  }
}
