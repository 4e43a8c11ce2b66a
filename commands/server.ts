import { Flags } from '@oclif/core';

import { serve } from '../src/qontract-server/serve.js';
import { BaseCommand } from '../src/ui/base-command.js';
import { closeOnSignal } from '../src/ui/close-on-signal.js';
import {
  createServerLog,
  describeServer,
  readyLine,
  renderFindings,
  type ServerReady,
} from '../src/ui/server-output.js';
import { sourceFlags } from '../src/ui/source-flags.js';

export default class Server extends BaseCommand {
  static override summary = 'Serve app-interface over GraphQL, as the qontract server does';

  static override description = [
    'The data comes from bundle files, or straight from a checkout. The server prints one line when it is ready, and',
    'runs until Ctrl-C or SIGTERM. POST /reload reads the data again; with --watch that happens by itself.',
  ].join(' ');

  static override examples = [
    '<%= config.bin %> <%= command.id %> --app-interface . --watch',
    '<%= config.bin %> <%= command.id %> --bundle old.json --bundle new.json --port 0',
  ];

  static override flags = {
    ...sourceFlags,
    host: Flags.string({
      summary: 'the address to listen on (127.0.0.1)',
      helpValue: 'ADDRESS',
      env: 'TFREPAIR_SERVER_HOST',
    }),
    port: Flags.integer({
      summary: 'the port to listen on (4000); 0 = any free one',
      helpValue: 'PORT',
      min: 0,
      max: 65_535,
      env: 'TFREPAIR_SERVER_PORT',
    }),
    watch: Flags.boolean({ summary: 'reload when the data changes' }),
    'bundle-ttl': Flags.integer({
      summary: 'how long an older bundle is kept after its last query, in ms (1200000)',
      helpValue: 'MS',
      min: 1,
      env: 'BUNDLE_SHA_TTL',
    }),
  };

  override async run(): Promise<ServerReady> {
    const { flags } = await this.parse(Server);
    const { bundle, schemas, host, port, watch, verbose } = flags;
    const note = this.note.bind(this);
    const server = await serve({
      ...{ bundle, schemas, host, port, watch },
      appInterface: flags['app-interface'],
      bundleTtl: flags['bundle-ttl'],
      config: await this.loadConfig(flags),
      world: this.world,
      events: createServerLog({ note, verbose, colour: this.errorColour }),
    });
    closeOnSignal(process, () => server.close());
    const ready = describeServer(server);
    for (const line of renderFindings(ready)) note(line);
    this.print(readyLine(server));
    return ready;
  }
}
