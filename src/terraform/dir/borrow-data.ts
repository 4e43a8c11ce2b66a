import { mkdir, readdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { DataFolder } from './data-folder.js';

/** What `init` has written down: the backend, the workspace, where modules are. */
const RECORDS = [['terraform.tfstate'], ['environment'], ['modules', 'modules.json']];

/** `providers/HOST/NAMESPACE/TYPE/VERSION/OS_ARCH` */
const PACKAGE_DEPTH = 5;

/**
 * Makes a private data folder out of what an earlier `init` has left in the user's: records are copied, packages of
 * providers linked one by one, so that nothing that `init` does now reaches the user's.
 *
 * @param into absolute; it is made
 */
export async function borrowData(data: DataFolder, into: string): Promise<void> {
  await mkdir(into, { recursive: true, mode: 0o700 });
  for (const names of RECORDS) {
    const bytes = await data.read(...names);
    if (bytes !== undefined)
      await put(join(into, ...names), (file) => writeFile(file, bytes, { mode: 0o600 }));
  }
  for (const path of await packagesIn(join(data.path, 'providers'))) {
    const target = await realpath(join(data.path, 'providers', path)).catch(() => undefined);
    if (target !== undefined) await put(join(into, 'providers', path), (file) => symlink(target, file));
  }
}

async function put(file: string, make: (file: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await make(file);
}

/** Paths of packages relative to the folder of all. */
async function packagesIn(providers: string): Promise<string[]> {
  let paths = [''];
  for (let depth = 0; depth < PACKAGE_DEPTH; depth += 1) {
    const below = paths.map(async (path) => {
      const names = await readdir(join(providers, path)).catch(() => []);
      return names.map((name) => join(path, name));
    });
    paths = (await Promise.all(below)).flat();
  }
  return paths;
}
