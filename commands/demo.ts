import { Flags } from '@oclif/core';

import { UsageError } from '../src/errors.js';
import type { Play } from '../src/sandbox/demo/play.js';
import type { Demo as DemoResult } from '../src/sandbox/demo/run-demo.js';
import type { Narrator } from '../src/sandbox/demo/narrator.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { createNarrator } from '../src/ui/demo-narrator.js';
import { renderDemo } from '../src/ui/demo-report.js';

export default class Demo extends BaseCommand {
  static override summary = 'Break and repair an account of the sandbox, as two people do';

  static override description = [
    'An AWS of its own is started on this machine, an example account is applied, broken by hand, diagnosed and repaired:',
    'one person asks, another one reviews, and the state is written. It needs terraform and moto_server (or uvx, pipx,',
    'docker or podman to get it), takes about a minute, and touches nothing outside this machine.',
  ].join(' ');

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --interactive',
  ];

  static override flags = {
    interactive: Flags.boolean({ summary: 'repair it yourself, in this terminal' }),
  };

  override async run(): Promise<DemoResult | Play> {
    const { flags } = await this.parse(Demo);
    return flags.interactive ? this.play() : this.show();
  }

  private async show(): Promise<DemoResult> {
    const { runDemo } = await import('../src/sandbox/demo/run-demo.js');
    const demo = await runDemo(this.config.root, this.narrator, this.world);
    this.print(renderDemo(demo, { colour: this.colour, width: this.width }));
    return demo;
  }

  private async play(): Promise<Play> {
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      throw new UsageError('TerminalMissing', 'there is no terminal on which anything could be asked', {
        hint: 'leave --interactive away: the demo then plays by itself',
      });
    }
    const { playDemo } = await import('../src/sandbox/demo/play.js');
    const play = await playDemo(this.config.root, this.narrator, this.world);
    this.endWith(play.exitCode);
    return play;
  }

  private get narrator(): Narrator {
    return createNarrator({ colour: this.colour, width: this.width }, (text) => {
      this.print(text);
    });
  }
}
