import { resolve } from 'node:path';

import type { World } from '../../world.js';
import type { BundleSource } from './source.js';

export interface CheckoutOptions {
  /** An app-interface checkout. */
  readonly appInterface: string;
  /** A qontract-schemas checkout, where app-interface has no schemas of its own. */
  readonly schemas?: string | undefined;
  readonly world: World;
}

/** The bundle that is built from a checkout of app-interface. */
export function checkout({ appInterface, schemas, world }: CheckoutOptions): BundleSource {
  const root = resolve(world.cwd, appInterface);
  return {
    paths: () => watchedPaths(root, resolve(world.cwd, schemas ?? root), world),
    async *read() {
      const { buildBundle } = await import('../bundler/build-bundle.js');
      const { bytes, warnings } = await buildBundle({ appInterface: root, schemas, world });
      yield { name: root, bytes, warnings };
    },
  };
}

/** What a bundle is made of; the log of git's HEAD too, because the commit is part of it. */
async function watchedPaths(root: string, schemas: string, world: World): Promise<string[]> {
  const { findHeadLog } = await import('../bundler/git.js');
  const headLog = await findHeadLog(root, world);
  return [
    ...['data', 'resources'].map((folder) => resolve(root, folder)),
    ...['schemas', 'graphql-schemas'].map((folder) => resolve(schemas, folder)),
    ...(headLog === undefined ? [] : [headLog]),
  ];
}
