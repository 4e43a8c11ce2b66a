import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Memory that looks like a folder, where the system has it: what is written there never reaches a disk. */
const MEMORY = '/dev/shm';

/** Runs `action` with a private folder (0700) that goes away with everything in it. */
export async function withPrivateFolder<T>(action: (folder: string) => Promise<T>): Promise<T> {
  const parent = await access(MEMORY, constants.W_OK).then(
    () => MEMORY,
    () => tmpdir(),
  );
  const folder = await mkdtemp(join(parent, 'tfrepair-'));
  try {
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
