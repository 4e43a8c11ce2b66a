import { fileURLToPath } from 'node:url';

import type { JsonObject } from '../../src/json.js';
import { buildBundle } from '../../src/qontract-server/bundler/build-bundle.js';
import { createWorld } from '../../src/world.js';

/** The bundle of the example app-interface, as far as the tests look into it. */
export interface ExampleBundle {
  readonly data: Readonly<Record<string, JsonObject & { $schema: string }>>;
  readonly resources: Readonly<Record<string, ExampleResource>>;
  readonly schemas: Readonly<Record<string, JsonObject>>;
  readonly graphql: { readonly confs: readonly GraphqlConf[] };
}

export interface ExampleResource {
  readonly content: string;
  readonly $schema: string | null;
  readonly backrefs: readonly { readonly path: string }[];
}

interface GraphqlConf {
  readonly name: string;
  readonly datafile?: string;
  readonly interfaceResolve?: { readonly fieldMap?: Readonly<Record<string, string>> };
}

/** A file or folder of `examples/`. */
export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
}

/** The bundle file of the shipped example. */
export async function exampleBundleBytes(): Promise<Buffer> {
  const { bytes } = await buildBundle({
    appInterface: exampleFile('app-interface'),
    commit: { hash: '0'.repeat(40), timestamp: '0' },
    world: createWorld(process),
  });
  return bytes;
}

/** Bundles the shipped example. */
export async function bundleExample(): Promise<ExampleBundle> {
  return JSON.parse((await exampleBundleBytes()).toString()) as ExampleBundle;
}
