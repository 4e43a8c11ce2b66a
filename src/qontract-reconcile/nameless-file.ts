import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * An open file that holds `text` and has no name: a child gets it as its stdin and can open `/dev/stdin` by name, and
 * nothing of it stays behind, however we end. (A pipe would not do: Node's are sockets, which cannot be opened by name.)
 *
 * @param folder private, 0700
 */
export async function namelessFile(folder: string, text: string): Promise<FileHandle> {
  const path = join(folder, 'input');
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  // A positioned write leaves the file's offset, which the child shares, at the start.
  await file.write(Buffer.from(text), 0, Buffer.byteLength(text), 0);
  return file;
}
