import { Args, Flags } from '@oclif/core';

import { findOwners, type OwnersReport } from '../src/rendering/owners.js';
import { withEndpoint } from '../src/rendering/render.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { renderOwners } from '../src/ui/owners-report.js';
import { endpointFlags } from '../src/ui/source-flags.js';

export default class Owner extends BaseCommand {
  static override summary = 'Find who owns a Terraform address, and whom to contact';

  static override description =
    "Names the external resource in app-interface that an address of the account's state comes from: namespace, " +
    "provider, identifier and app, with the app's escalation policy.";

  static override examples = [
    '<%= config.bin %> <%= command.id %> aws_sqs_queue.orders --account acme-stage',
    "<%= config.bin %> <%= command.id %> 'aws_iam_role.a' 'aws_s3_bucket.b' --account acme",
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
    account: Flags.string({
      summary: 'the AWS account, by its name in app-interface',
      helpValue: 'NAME',
      required: true,
    }),
    ...endpointFlags,
  };

  override async run(): Promise<OwnersReport> {
    const { flags, argv } = await this.parse(Owner);
    const { graphql, bundle, schemas } = flags;
    const source = { graphql, bundle, appInterface: flags['app-interface'], schemas };
    const config = await this.loadConfig(flags);
    const report = await withEndpoint({ source, config }, this.world, (endpoint) =>
      findOwners(endpoint.connect(), flags.account, argv.map(String)),
    );
    for (const failure of report.failures)
      this.note(`warning: not rendered, its addresses are unknown: ${failure}`);
    this.print(renderOwners(report, this.colour));
    return report;
  }
}
