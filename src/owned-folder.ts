import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { systemCodeOf } from './errors.js';

/**
 * Makes a private folder (0700) with the number of its owner's process in its name, and first removes those of owners
 * that have died without removing them.
 *
 * @param parent the folder for temporary files
 * @param prefix what the names of such folders begin with, e.g. `tfrepair-sandbox`
 */
export async function createOwnedFolder(parent: string, prefix: string, pid = process.pid): Promise<string> {
  const folders = await readdir(parent).catch(() => []);
  await Promise.all(folders.map((name) => removeAbandoned(join(parent, name), ownerIn(name, prefix))));
  return mkdtemp(join(parent, `${prefix}-${pid}-`));
}

function ownerIn(name: string, prefix: string): number | undefined {
  if (!name.startsWith(`${prefix}-`)) return undefined;
  const [, pid] = /^(\d+)-/.exec(name.slice(prefix.length + 1)) ?? [];
  return pid === undefined ? undefined : Number(pid);
}

/** Only a folder of this very user: the parent is shared with others. */
async function removeAbandoned(folder: string, owner: number | undefined): Promise<void> {
  if (owner === undefined || isAlive(owner)) return;
  const stats = await lstat(folder).catch(() => undefined);
  if (stats?.isDirectory() !== true || stats.uid !== process.getuid?.()) return;
  await rm(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) !== 'ESRCH';
  }
}
