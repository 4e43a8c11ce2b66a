import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { systemCodeOf } from '../errors.js';

const NAME = /^tfrepair-sandbox-(\d+)-/;

/**
 * Makes a private folder (0700) with the number of its opener's process in its name, and first removes those of openers
 * that have died.
 *
 * @param parent the folder for temporary files
 */
export async function createSandboxDir(parent: string, pid = process.pid): Promise<string> {
  const folders = await readdir(parent);
  await Promise.all(folders.map((name) => removeAbandoned(join(parent, name), NAME.exec(name)?.[1])));
  return mkdtemp(join(parent, `tfrepair-sandbox-${pid}-`));
}

/** Only a folder of this very user: the parent is shared with others. */
async function removeAbandoned(folder: string, owner: string | undefined): Promise<void> {
  if (owner === undefined || isAlive(Number(owner))) return;
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
