import * as v from 'valibot';

import { FailedError } from '../../errors.js';

const Manifest = v.object({
  Modules: v.array(v.object({ Key: v.string(), Dir: v.string() })),
});

/** Folders of modules by path in the tree (`network.subnets`), relative to the root or absolute. */
export type ModuleManifest = ReadonlyMap<string, string>;

/**
 * Reads `modules/modules.json` of the data folder, in which `init` records where it has put which module.
 *
 * @throws FailedError `ManifestInvalid`
 */
export function parseManifest(bytes: Uint8Array, file: string): ModuleManifest {
  try {
    const { Modules } = v.parse(Manifest, JSON.parse(Buffer.from(bytes).toString('utf8')));
    return new Map(Modules.map(({ Key, Dir }) => [Key, Dir]));
  } catch (error) {
    throw new FailedError('ManifestInvalid', `${file} is not a list of modules as terraform writes it`, {
      hint: 'terraform init writes it anew',
      cause: error,
    });
  }
}
