import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { readBounded, TooLargeError } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import type { BundleSource } from './source.js';

/** What one JavaScript string can hold, in bytes. */
const MAX_BYTES = constants.MAX_STRING_LENGTH;

/** Bundle files, as `tfrepair bundle` or qontract-bundler writes them. */
export function bundleFiles(files: readonly string[], cwd: string): BundleSource {
  const paths = files.map((file) => resolve(cwd, file));
  return {
    paths: () => Promise.resolve(paths),
    async *read() {
      for (const name of paths) yield { name, bytes: await readBundle(name), warnings: [] };
    },
  };
}

async function readBundle(file: string): Promise<Buffer> {
  try {
    const stats = await stat(file);
    if (stats.size > MAX_BYTES) throw new TooLargeError(`it is larger than ${MAX_BYTES} bytes`);
    // A file's size is known, which spares the memory of putting pieces together; a pipe's is not.
    return stats.isFile() ? await readFile(file) : await readBounded(file, MAX_BYTES);
  } catch (error) {
    throw new FailedError('BundleUnreadable', `cannot read the bundle ${file}: ${reasonOf(error)}`, {
      hint: 'name a file that `tfrepair bundle` or qontract-bundler wrote, or a checkout with --app-interface',
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  switch (systemCodeOf(error)) {
    case 'ENOENT':
      return 'it does not exist';
    case 'EISDIR':
      return 'it is a folder';
    case 'EACCES':
      return 'permission denied';
    default:
      return messageOf(error);
  }
}
