import { Flags } from '@oclif/core';

import { setting } from '../src/config/setting.js';
import type { Examination } from '../src/doctor/examine.js';
import { ExitCode } from '../src/errors.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { renderExamination } from '../src/ui/examination.js';

export default class Doctor extends BaseCommand {
  static override summary = 'Check what each feature needs from this machine';

  static override description = [
    'Looks for programs, credentials and servers, and says of each whether it is there (ok), not there (missing) or',
    'there but of no use (wrong), and what to do about it. It changes nothing. The exit code is 0, unless something',
    'that the command named by --for needs is not ok: then it is 1.',
  ].join(' ');

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --for diagnose',
    '<%= config.bin %> <%= command.id %> --for "state rm" --json',
  ];

  static override flags = {
    for: Flags.string({ summary: 'only what this command needs or uses', helpValue: 'COMMAND' }),
    online: Flags.boolean({ summary: 'also ask AWS whether it accepts the credentials' }),
    'terraform-bin': Flags.string({
      summary: 'the terraform or tofu executable',
      helpValue: 'FILE',
      env: 'TFREPAIR_TERRAFORM_BIN',
    }),
  };

  override async run(): Promise<Examination> {
    const { flags } = await this.parse(Doctor);
    const config = await this.loadConfig(flags);
    const terraformBin = setting(flags['terraform-bin'], config.tfrepair.terraform_bin);
    const { createDoctorWorld } = await import('../src/doctor/world.js');
    const { examine } = await import('../src/doctor/examine.js');
    const settings = { config, terraformBin, online: flags.online };
    const examination = await examine(createDoctorWorld(this.world), settings, flags.for);
    this.print(renderExamination(examination, this.colour, this.width));
    if (!examination.ready) this.endWith(ExitCode.failed);
    return examination;
  }
}
