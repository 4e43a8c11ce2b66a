import { Args } from '@oclif/core';

import { inspectState } from '../../src/inspection/read-state.js';
import { listState, type StateList } from '../../src/inspection/state-list.js';
import { BaseCommand } from '../../src/ui/base-command.js';
import { stateFlags, stateRequest } from '../../src/ui/state-flags.js';
import { renderStateList } from '../../src/ui/state-report.js';

export default class List extends BaseCommand {
  static override summary = 'List what is in a state';

  static override description =
    'Reads the state itself: no provider is started, and terraform only for backends that it alone can read. With ' +
    'addresses, only those resources, instances or modules.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> --account acme-stage',
    '<%= config.bin %> <%= command.id %> module.network --dir infrastructure',
    '<%= config.bin %> <%= command.id %> --account acme-stage --json',
  ];

  static override strict = false;

  static override args = {
    address: Args.string({
      description: 'a resource, an instance or a module; several may be given',
      ignoreStdin: true,
    }),
  };

  static override flags = stateFlags;

  override async run(): Promise<StateList> {
    const { flags, argv } = await this.parse(List);
    const request = stateRequest(flags, await this.loadConfig(flags), this.config.cacheDir);
    const list = listState(await inspectState(request, this.world), argv.map(String));
    if (list.objects.length > 0) this.print(renderStateList(list, this.colour));
    else this.note(`the state of ${list.name} is empty`);
    return list;
  }
}
