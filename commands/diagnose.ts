import { keepHeapCompact } from '../src/compact-heap.js';
import type { FleetDiagnosis } from '../src/diagnosis/diagnosis.js';
import { ExitCode } from '../src/errors.js';
import { exitCodeOf } from '../src/fleet/exit-code.js';
import { reportFormat, writeReport } from '../src/report/write-report.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { diagnoseFlags } from '../src/ui/diagnose-flags.js';
import { diagnosisOf } from '../src/ui/diagnosis-of.js';
import { renderFleet } from '../src/ui/fleet-report.js';

export default class Diagnose extends BaseCommand {
  static override summary = 'Find what is wrong with an account, a folder or a pasted log, and why';

  static override description =
    'Plans without changing anything, asks AWS about the suspects, and names each problem with its evidence, its owner, ' +
    'the command that repairs it and what the next plan will do afterwards. Also says when the state should be left alone.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --account acme-stage',
    '<%= config.bin %> <%= command.id %> --account acme-stage --only aws_sqs_queue.orders',
    '<%= config.bin %> <%= command.id %> --dir infrastructure/network',
    '<%= config.bin %> <%= command.id %> --log job.txt --account acme-stage',
    '<%= config.bin %> <%= command.id %> --all --report diagnosis.html --exit-code',
  ];

  static override flags = diagnoseFlags;

  override async run(): Promise<FleetDiagnosis> {
    keepHeapCompact();
    const { flags } = await this.parse(Diagnose);
    if (flags.report !== undefined) reportFormat(flags.report);
    const diagnosis = await diagnosisOf(flags, await this.loadConfig(flags), {
      cacheFolder: this.config.cacheDir,
      colour: this.errorColour,
      stderr: process.stderr,
      stdin: process.stdin,
      world: this.world,
    });
    if (!this.jsonEnabled()) {
      this.print(renderFleet(diagnosis, { colour: this.colour, width: this.width, full: flags.verbose }));
    }
    if (flags.report !== undefined) {
      const context = { madeAt: this.world.now(), version: this.config.version };
      this.note(`report: ${await writeReport(diagnosis, flags.report, context)}`);
    }
    const exitCode = exitCodeOf(diagnosis);
    if (flags['exit-code'] || exitCode === ExitCode.failed) this.endWith(exitCode);
    return diagnosis;
  }
}
