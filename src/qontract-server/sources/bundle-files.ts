import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import type { BundleSource } from './source.js';

/** Bundle files, as `tfrepair bundle` or qontract-bundler writes them. */
export function bundleFiles(files: readonly string[], cwd: string): BundleSource {
  const paths = files.map((file) => resolve(cwd, file));
  return {
    paths,
    async *read() {
      for (const name of paths) yield { name, bytes: await readBundle(name), warnings: [] };
    },
  };
}

async function readBundle(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > constants.MAX_STRING_LENGTH) throw new Error(`its ${size} bytes are more than can be read`);
    return await readFile(file);
  } catch (error) {
    throw new FailedError('BundleUnreadable', `cannot read the bundle ${file}: ${reasonOf(error)}`, {
      hint: 'name a file that `tfrepair bundle` or qontract-bundler wrote, or serve a checkout with --app-interface',
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
