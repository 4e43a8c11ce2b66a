import { embedBundle } from '../qontract-server/embedded.js';
import type { BundleSource } from '../qontract-server/sources/source.js';
import type { QontractServer } from '../qontract-server/start.js';
import type { World } from '../world.js';
import { createEmbeddedClient } from './embedded-client.js';
import type { Endpoint } from './endpoint.js';

/**
 * The latest bundle of a source, as an endpoint: asked in this process, and served on a free port if another program is to
 * ask it.
 *
 * @throws FailedError when the data cannot be used
 */
export async function openEmbedded(source: BundleSource, world: World): Promise<Endpoint> {
  const embedded = await embedBundle(source);
  world.signal.throwIfAborted();
  const client = createEmbeddedClient(embedded);
  let server: Promise<QontractServer> | undefined;
  return {
    connect: () => client,
    address: async () => {
      const { url } = await (server ??= serve(embedded.source, world));
      return { url };
    },
    close: async () => (await server)?.close(),
  };
}

async function serve(source: BundleSource, { now, signal }: World): Promise<QontractServer> {
  const { startQontractServer } = await import('../qontract-server/start.js');
  return startQontractServer({ source, now, signal });
}
