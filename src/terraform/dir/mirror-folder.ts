import { mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join, parse, relative } from 'node:path';

import { systemCodeOf } from '../../errors.js';

/** Folders with more entries (of temporary files, of homes) are no place of modules. */
const MAX_ENTRIES = 2000;

/**
 * Makes a folder whose entries are links to those of another, with the same neighbours, so that `../modules` leads to the
 * same place; what is written into it stays in it.
 *
 * @param folder absolute
 * @param into a private folder
 * @returns the new folder's path
 */
export async function mirrorFolder(folder: string, into: string): Promise<string> {
  const { root } = parse(folder);
  const mirrored = join(into, relative(root, folder));
  await mkdir(mirrored, { recursive: true });
  for (let real = folder; real !== root; real = dirname(real)) {
    const names = await readdir(real).catch(() => []);
    if (real !== folder && names.length > MAX_ENTRIES) continue;
    for (const name of names) await link(join(real, name), join(into, relative(root, real), name));
  }
  return mirrored;
}

/** On the way down to the folder itself there is a real one already. */
async function link(target: string, path: string): Promise<void> {
  await symlink(target, path).catch((error: unknown) => {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  });
}
