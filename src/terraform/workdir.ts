import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { createOwnedFolder } from '../owned-folder.js';
import { onSecondSignal } from './second-signal.js';

/** Memory that looks like a folder: what is written there never reaches a disk. */
const MEMORY = '/dev/shm';

/** Containers give it 64 MB, which plans and their providers' files can outgrow. */
const LEAST_MEMORY_BYTES = 256 * 1024 * 1024;

export interface WorkdirOptions {
  /** Leave the folder where it is. */
  readonly keep: boolean;
  /** The interruption of the command. */
  readonly signal: AbortSignal;
  /** For the folder; default: memory where there is enough of it, else the system's folder for temporary files. */
  readonly parent?: string;
}

/**
 * Runs `action` with a private folder (0700), which is gone afterwards: plan files hold the state's secrets. Folders of
 * processes that were killed are removed by the next one.
 */
export async function withWorkdir<T>(
  { keep, signal, parent }: WorkdirOptions,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const where = parent ?? (await bestParent());
  // Kept folders have names that nobody takes for abandoned ones.
  if (keep) return action(await mkdtemp(join(where, 'tfrepair-kept-')));
  const folder = await createOwnedFolder(where, `tfrepair-work-${machineTag()}`);
  const forget = onSecondSignal(signal, () => {
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    return await action(folder);
  } finally {
    forget();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Containers may share a folder for temporary files, and then each has processes of its own with the same numbers. */
function machineTag(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

async function bestParent(): Promise<string> {
  try {
    await access(MEMORY, constants.W_OK);
    const { bavail, bsize } = await statfs(MEMORY);
    return bavail * bsize >= LEAST_MEMORY_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
