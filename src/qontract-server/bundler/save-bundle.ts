import { resolve } from 'node:path';

import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import type { World } from '../../world.js';
import type { BuiltBundle } from './build-bundle.js';
import { sha256 } from './sha256.js';

/** What a bundle is, without its bytes. */
export interface BundleSummary {
  /** Where it was written; null for stdout. */
  readonly path: string | null;
  readonly sha256: string;
  readonly gitCommit: string;
  readonly gitCommitTimestamp: string;
  readonly datafiles: number;
  readonly resources: number;
  /** Bytes. */
  readonly size: number;
}

/**
 * Writes a bundle to a file, whole or not at all, or to stdout.
 *
 * @param out the file's name; `-` is stdout
 * @throws FailedError `BundleUnwritable`
 */
export async function saveBundle(
  bundle: BuiltBundle,
  out: string,
  world: Pick<World, 'cwd'>,
  stdout: NodeJS.WritableStream,
): Promise<BundleSummary> {
  const path = out === '-' ? null : resolve(world.cwd, out);
  try {
    await (path === null ? print(bundle.bytes, stdout) : write(path, bundle.bytes));
  } catch (error) {
    const why = systemCodeOf(error) === 'ENOENT' ? 'its folder does not exist' : messageOf(error);
    throw new FailedError('BundleUnwritable', `cannot write ${path ?? 'to stdout'}: ${why}`, {
      cause: error,
    });
  }
  const { bytes, gitCommit, gitCommitTimestamp, datafiles, resources } = bundle;
  return {
    path,
    sha256: sha256(bytes),
    gitCommit,
    gitCommitTimestamp,
    datafiles,
    resources,
    size: bytes.length,
  };
}

async function write(path: string, bytes: Buffer): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  await writeFileAtomic(path, bytes);
}

function print(bytes: Buffer, stdout: NodeJS.WritableStream): Promise<void> {
  return new Promise((done, fail) => {
    stdout.write(bytes, (error) => {
      if (error) fail(error);
      else done();
    });
  });
}
