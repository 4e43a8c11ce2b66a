import { Flags } from '@oclif/core';

import { ExitCode } from '../src/errors.js';
import { withPlannedAccount } from '../src/planning/planned-account.js';
import { planReport, type PlanReport } from '../src/planning/plan-report.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { renderPlan } from '../src/ui/plan-report.js';
import { startPlanProgress } from '../src/ui/plan-progress.js';
import { planningFlags, planningRequest } from '../src/ui/planning-flags.js';

export default class Plan extends BaseCommand {
  static override summary = 'Run terraform plan for an account';

  static override description =
    "Renders the account's config, runs init and plan in a private folder with credentials that are known to be of the " +
    'account, and says what would be done. Nothing is changed, and no lock is taken. What a failed plan found out until ' +
    'it failed is shown, too; the exit code is 1 then.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --account acme-stage',
    '<%= config.bin %> <%= command.id %> --account acme-stage --only aws_sqs_queue.orders',
    '<%= config.bin %> <%= command.id %> --account acme-stage --save-log plan.jsonl --json',
  ];

  static override flags = {
    account: Flags.string({
      summary: 'the AWS account, by its name in app-interface',
      helpValue: 'NAME',
      required: true,
    }),
    ...planningFlags,
  };

  override async run(): Promise<PlanReport> {
    const { flags } = await this.parse(Plan);
    const { account } = flags;
    const progress = startPlanProgress(account, process.stderr, this.world);
    const request = planningRequest(flags, await this.loadConfig(flags), {
      account,
      cacheFolder: this.config.cacheDir,
      note: (text) => {
        progress.note(text);
      },
    });
    const report = await withPlannedAccount(
      { ...request, withoutStates: true },
      progress,
      this.world,
      (planned) => Promise.resolve(planReport(planned, request.keepWorkdir)),
    ).finally(() => {
      progress.stop();
    });
    this.print(renderPlan(report, { colour: this.colour, width: this.width }));
    if (report.outcome === 'failed') this.endWith(ExitCode.failed);
    return report;
  }
}
