import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What is left in a file that has been replaced while a program had it open. */
const REPLACED = 'tfrepair has put a new state in the place of this one: run the command again\n';

/** The file that is going to take a state's place. Only who has locked the state makes one, so that one name will do. */
export function newFileOf(file: string): string {
  return join(dirname(file), `.${basename(file)}.tfrepair-new`);
}

/**
 * Replaces a file as a whole, with the mode and the owner that it had; what is written is on the disk at its end. The file
 * that was there is made unusable: a terraform that has opened it and waits for its lock would else read the old state and
 * write to a file that nobody sees.
 *
 * @param path links are followed
 * @param prepare told the new file before it takes the place
 * @throws Error of the file system
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  prepare: (newFile: string) => Promise<void>,
): Promise<void> {
  const file = await realpath(path);
  const newFile = newFileOf(file);
  const old = await open(file, 'r+');
  try {
    await writeLike(old, newFile, bytes);
    await prepare(newFile);
    await rename(newFile, file);
    await syncFolder(dirname(file));
    await spoil(old);
  } catch (error) {
    await rm(newFile, { force: true });
    throw error;
  } finally {
    await old.close();
  }
}

async function writeLike(old: FileHandle, newFile: string, bytes: Uint8Array): Promise<void> {
  const { mode, uid, gid } = await old.stat();
  await rm(newFile, { force: true });
  const file = await open(newFile, 'wx', 0o600);
  try {
    const made = await file.stat();
    if (made.uid !== uid || made.gid !== gid) await file.chown(uid, gid);
    await file.chmod(mode & 0o7777);
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A file that has another name yet is somebody's copy. */
async function spoil(old: FileHandle): Promise<void> {
  if ((await old.stat()).nlink > 0) return;
  await old.truncate(0);
  await old.write(REPLACED, 0);
}
