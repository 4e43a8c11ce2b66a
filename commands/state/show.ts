import { Args } from '@oclif/core';

import { inspectState } from '../../src/inspection/read-state.js';
import { showState, type StateShow } from '../../src/inspection/state-show.js';
import { BaseCommand } from '../../src/ui/base-command.js';
import { stateFlags, stateRequest } from '../../src/ui/state-flags.js';
import { renderStateShow } from '../../src/ui/state-report.js';

export default class Show extends BaseCommand {
  static override summary = 'Show the attributes of resources in a state, without secrets';

  static override description =
    'Reads the state itself: no provider is started. Values that the state or their names mark as secret are masked, in ' +
    'the JSON result too.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> aws_sqs_queue.orders --account acme-stage',
    '<%= config.bin %> <%= command.id %> \'module.network["a"]\' --dir infrastructure --json',
  ];

  static override strict = false;

  static override args = {
    address: Args.string({
      description: 'a resource, an instance or a module; several may be given',
      required: true,
      ignoreStdin: true,
    }),
  };

  static override flags = stateFlags;

  override async run(): Promise<StateShow> {
    const { flags, argv } = await this.parse(Show);
    const request = stateRequest(flags, await this.loadConfig(flags), this.config.cacheDir);
    const shown = showState(await inspectState(request, this.world), argv.map(String));
    this.print(renderStateShow(shown, this.colour));
    return shown;
  }
}
