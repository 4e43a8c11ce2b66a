import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/** Unpacks the regular files of a small `.tar.gz` into a folder. */
export function untar(archive: string, folder: string): void {
  const tar = gunzipSync(readFileSync(archive));
  let at = 0;
  while (at < tar.length) {
    const name = field(tar, at, 0, 100);
    const size = Number.parseInt(field(tar, at, 124, 12) || '0', 8);
    const kind = field(tar, at, 156, 1);
    const content = at + BLOCK;
    if (name !== '' && (kind === '0' || kind === '')) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, tar.subarray(content, content + size));
    }
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function field(tar: Buffer, header: number, offset: number, length: number): string {
  const [text = ''] = tar.toString('utf8', header + offset, header + offset + length).split('\0');
  return text.trim();
}
