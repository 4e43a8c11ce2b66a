import { Args, Flags } from '@oclif/core';

import type { FleetDiagnosis } from '../../src/diagnosis/diagnosis.js';
import { ExitCode } from '../../src/errors.js';
import { exitCodeOf } from '../../src/fleet/exit-code.js';
import { mergeFiles } from '../../src/report/merge/merge-files.js';
import { reportFormat, writeReport } from '../../src/report/write-report.js';
import { BaseCommand } from '../../src/ui/base-command.js';
import { SCHEMA_VERSION } from '../../src/ui/envelope.js';
import { renderFleet } from '../../src/ui/fleet-report.js';
import { reportFlags } from '../../src/ui/report-flags.js';

export default class ReportMerge extends BaseCommand {
  static override summary = 'Join the diagnoses of the shards of a fleet into one';

  static override description =
    'Reads the documents that "diagnose --json --shard I/N" printed on several machines, and makes one result of them, ' +
    'as if one machine had diagnosed all accounts. A shard that is missing or there twice is an error.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> shard-*.json --report fleet.html',
    '<%= config.bin %> <%= command.id %> shard-1.json shard-3.json --incomplete --json',
  ];

  static override strict = false;

  static override args = {
    file: Args.string({
      description: 'a document that diagnose --json printed; several may be given',
      required: true,
      ignoreStdin: true,
    }),
  };

  static override flags = {
    incomplete: Flags.boolean({ summary: 'do without shards that are missing; the result names them' }),
    ...reportFlags,
  };

  override async run(): Promise<FleetDiagnosis> {
    const { flags, argv } = await this.parse(ReportMerge);
    if (flags.report !== undefined) reportFormat(flags.report);
    const { incomplete, verbose: full } = flags;
    const fleet = await mergeFiles(argv.map(String), { incomplete, schemaVersion: SCHEMA_VERSION });
    this.print(renderFleet(fleet, { colour: this.colour, width: this.width, full }));
    if (flags.report !== undefined) {
      const context = { madeAt: this.world.now(), version: this.config.version };
      this.note(`report: ${await writeReport(fleet, flags.report, context)}`);
    }
    const exitCode = exitCodeOf(fleet);
    if (flags['exit-code'] || exitCode === ExitCode.failed) this.endWith(exitCode);
    return fleet;
  }
}
