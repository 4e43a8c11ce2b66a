import { runDemo, type Demo as DemoResult } from '../src/sandbox/demo.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { renderDemo } from '../src/ui/demo-report.js';

export default class Demo extends BaseCommand {
  static override summary = 'Show what tfrepair does, on made-up data';

  static override description = [
    'A local qontract server is started on the example app-interface that comes with tfrepair, asked about its AWS',
    'accounts, and stopped. Nothing but Node is needed, and nothing outside this machine is touched.',
  ].join(' ');

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  override async run(): Promise<DemoResult> {
    await this.parse(Demo);
    const { root, bin } = this.config;
    const demo = await runDemo(root, this.world);
    const { cwd } = this.world;
    this.print(renderDemo(demo, { bin, root, cwd, colour: this.colour, width: this.width }));
    return demo;
  }
}
