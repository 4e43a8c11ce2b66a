import type { RepairReport } from '../src/repair/report.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { repairFlags } from '../src/ui/repair/repair-flags.js';
import { EXIT_CODES, renderRepair } from '../src/ui/repair/repair-report.js';
import { repairSession } from '../src/ui/repair/repair-session.js';

export default class Repair extends BaseCommand {
  static override summary = 'Go from what is wrong to a repaired state, with a second person';

  static override description =
    'Diagnoses, shows what speaks for and against each repair, writes the request that a second person approves, and carries ' +
    'it out once they have. Ctrl-C is safe at any point, and says how to go on. Without a terminal, flags answer; it ends ' +
    'with 4 while nobody has approved.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --account acme-stage',
    '<%= config.bin %> <%= command.id %> --resume 3f2a9c01d4e5',
    '<%= config.bin %> <%= command.id %> --dir . --finding deleted-outside --reason "by hand"',
    '<%= config.bin %> <%= command.id %> --resume 3f2a9c01d4e5 --approval ok.txt --confirm acme',
  ];

  static override flags = repairFlags;

  override async run(): Promise<RepairReport> {
    const { flags } = await this.parse(Repair);
    const report = await repairSession(flags, {
      ...{ cacheFolder: this.config.cacheDir, dataFolder: this.config.dataDir, version: this.config.version },
      ...{ world: this.world, colour: this.errorColour, isInteractive: this.isInteractive },
      ...{ stdin: process.stdin, stderr: process.stderr },
      loadConfig: (of) => this.loadConfig(of),
    });
    this.print(renderRepair(report, this.width));
    this.endWith(EXIT_CODES[report.outcome]);
    return report;
  }
}
