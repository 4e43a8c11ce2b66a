import type { Config } from '../config/config.js';
import { UsageError } from '../errors.js';
import type { World } from '../world.js';
import { choiceFromEnvironment, decideSource, openSource, type SourceChoice } from './sources/choose.js';
import type { BundleSource } from './sources/source.js';
import { startQontractServer, type QontractServer, type ServerEvents } from './start.js';

export interface ServeOptions extends SourceChoice {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** How long a bundle is kept after its last query, in milliseconds. */
  readonly bundleTtl?: number | undefined;
  readonly watch?: boolean | undefined;
  readonly config: Config;
  readonly world: World;
  readonly events: ServerEvents;
}

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 4000;

/**
 * Starts the server of `tfrepair server`: what the flags leave open is taken from the environment, then from the
 * configuration file.
 *
 * @throws UsageError without a source of data; FailedError as `startQontractServer`
 */
export async function serve(options: ServeOptions): Promise<QontractServer> {
  const { config, world, events, watch, bundleTtl } = options;
  const { host = DEFAULT_HOST, port = DEFAULT_PORT } = config.tfrepair.server ?? {};
  return startQontractServer({
    source: sourceOf(options),
    address: { host: options.host ?? host, port: options.port ?? port },
    now: world.now,
    signal: world.signal,
    metrics: true,
    warmUp: true,
    bundleTtl,
    watch,
    events,
  });
}

function sourceOf({ bundle, appInterface, schemas, config, world }: ServeOptions): BundleSource {
  const { app_interface: fileAppInterface, schemas: fileSchemas } = config.tfrepair;
  const choice = decideSource([
    { bundle, appInterface, schemas },
    { ...choiceFromEnvironment(world.env), graphql: undefined },
    { appInterface: fileAppInterface, schemas: fileSchemas },
  ]);
  const source = choice === undefined ? undefined : openSource(choice, world);
  if (source !== undefined) return source;
  throw new UsageError('NoSource', 'there is nothing to serve', {
    hint: 'give --bundle FILE or --app-interface DIR, or set app_interface in [tfrepair] of the configuration file',
  });
}
