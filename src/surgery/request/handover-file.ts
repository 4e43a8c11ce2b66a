import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import { formatHandover, MAX_HANDOVER_BYTES, parseHandover, type Handover } from './handover.js';

/** A token is a third longer than what is in it. */
const MAX_TOKEN_BYTES = 2 * MAX_HANDOVER_BYTES;

/**
 * Writes a handover into a new private file (0600); one that is there already is left as it is.
 *
 * @throws FailedError `RequestNotWritten`
 */
export async function writeHandover(file: string, handover: Handover): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(formatHandover(handover));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const isThere = systemCodeOf(error) === 'EEXIST';
    throw new FailedError(
      'RequestNotWritten',
      isThere ? `${file} is there already` : `cannot write the request to ${file}: ${messageOf(error)}`,
      { hint: 'name another file with --request-out', cause: error },
    );
  }
}

/**
 * Reads a handover, a request, or a file with the token of one.
 *
 * @throws FailedError `RequestUnreadable`, and what `parseHandover` says
 */
export async function readHandover(file: string): Promise<Handover> {
  let bytes: Buffer;
  try {
    bytes = await readBounded(file, MAX_TOKEN_BYTES);
  } catch (error) {
    throw new FailedError('RequestUnreadable', `cannot read the request ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return parseHandover(bytes, file);
}
