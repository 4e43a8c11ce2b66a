import { ExitCode } from '../src/errors.js';
import type { ResourcesReport } from '../src/resources/resources-report.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { filterOf, resourcesFlags } from '../src/ui/resources-flags.js';
import { resourcesOf } from '../src/ui/resources-of.js';
import { renderResources } from '../src/ui/resources-report.js';

export default class Resources extends BaseCommand {
  static override summary = 'List the resources that a plan refreshed, also when it failed';

  static override description =
    'Plans an account, or reads the log of a plan of any terraform from 0.13 on, and lists address, id, status and owner ' +
    'of each resource: refreshed, failed, drifted, missing or not read.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --account acme-stage',
    '<%= config.bin %> <%= command.id %> --account acme-stage --status failed --status missing',
    '<%= config.bin %> <%= command.id %> --log job.txt --type aws_sqs_queue',
    '<%= config.bin %> <%= command.id %> --log - --match orders --json < job.txt',
  ];

  static override flags = resourcesFlags;

  override async run(): Promise<ResourcesReport> {
    const { flags } = await this.parse(Resources);
    const report = await resourcesOf(flags, filterOf(flags), await this.loadConfig(flags), {
      cacheFolder: this.config.cacheDir,
      stdin: process.stdin,
      stderr: process.stderr,
      world: this.world,
    });
    this.print(renderResources(report, { colour: this.colour, width: this.width }));
    if (report.source === 'plan' && report.outcome === 'failed') this.endWith(ExitCode.failed);
    return report;
  }
}
