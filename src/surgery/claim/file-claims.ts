import { chmod, link, mkdir, open, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import {
  alreadyExecuted,
  claimNames,
  formatClaim,
  MAX_CLAIM_BYTES,
  parseClaim,
  type Claim,
  type Claims,
} from './claim.js';

/** Claims as files in a folder beside a state: whoever makes one has it. */
export class FileClaims implements Claims {
  constructor(private readonly state: string) {}

  async take(claim: Claim): Promise<void> {
    const file = await this.#fileOf(claim.digest);
    let isOurs: boolean;
    try {
      await makeFolder(dirname(file));
      isOurs = await writeWhole(file, formatClaim(claim));
    } catch (error) {
      const what = `cannot write down in ${file} that the request is executed: ${messageOf(error)}`;
      throw new FailedError('ClaimFailed', what, {
        hint: 'nothing was written to the state; make room, or mend the permissions of its folder',
        cause: error,
      });
    }
    if (!isOurs) throw alreadyExecuted(claim.digest, file, await held(file).catch(() => undefined));
  }

  async giveBack(digest: string, attempts: readonly string[]): Promise<void> {
    const file = await this.#fileOf(digest);
    try {
      await rm(`${file}.new`, { force: true });
      const claim = await held(file);
      if (claim !== undefined && attempts.includes(claim.attempt)) await rm(file);
      // One with other claims in it stays.
      await rmdir(dirname(file)).catch(() => undefined);
    } catch (error) {
      const what = `cannot remove ${file}, which says that the request was executed: ${messageOf(error)}`;
      throw new FailedError('ClaimNotRemoved', what, { cause: error });
    }
  }

  async #fileOf(digest: string): Promise<string> {
    const { folder, name } = claimNames(await realpath(this.state), digest);
    return join(folder, name);
  }
}

/** For everybody who may write the state. */
async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(folder);
  const isNew = (await mkdir(folder, { recursive: true })) !== undefined;
  if (!isNew) return;
  await chmod(folder, (await stat(parent)).mode & 0o7777);
  await syncFolder(parent);
}

/**
 * There is no instant at which a part of it is there: a link is made at once or not at all.
 *
 * @returns whether there was none
 */
async function writeWhole(file: string, bytes: Buffer): Promise<boolean> {
  const newFile = `${file}.new`;
  // The lock of the state is ours: what is there was left by a crash.
  await rm(newFile, { force: true });
  try {
    const handle = await open(newFile, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(newFile, file);
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(newFile, { force: true });
  }
  await syncFolder(dirname(file));
  return true;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function held(file: string): Promise<ReturnType<typeof parseClaim>> {
  try {
    return parseClaim(await readBounded(file, MAX_CLAIM_BYTES));
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
