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
  const schemaRoot = schemas === undefined ? undefined : resolve(world.cwd, schemas);
  return {
    paths: watchedPaths(root, schemaRoot),
    async *read() {
      const { buildBundle } = await import('../bundler/build-bundle.js');
      const options = { appInterface: root, ...(schemaRoot === undefined ? {} : { schemas: schemaRoot }) };
      const { bytes, warnings } = await buildBundle({ ...options, world });
      yield { name: root, bytes, warnings };
    },
  };
}

/** What a bundle is made of; git's log of HEAD, because the commit is part of it. */
function watchedPaths(root: string, schemaRoot: string | undefined): string[] {
  const data = ['data', 'resources'].map((folder) => resolve(root, folder));
  const schemas = ['schemas', 'graphql-schemas'].map((folder) => resolve(schemaRoot ?? root, folder));
  return [...data, ...schemas, resolve(root, '.git', 'logs', 'HEAD')];
}
