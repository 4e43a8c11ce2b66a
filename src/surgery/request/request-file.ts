import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

import { readBounded } from '../../bounded-file.js';
import { FailedError, messageOf, systemCodeOf } from '../../errors.js';
import { canonicalRequest } from './canonical.js';
import { MAX_REQUEST_BYTES, parseRequest } from './parse-request.js';
import type { SurgeryRequest } from './request.js';

/**
 * Writes a request into a new private file (0600); one that is there already is left as it is.
 *
 * @throws FailedError `RequestNotWritten`
 */
export async function writeRequest(file: string, request: SurgeryRequest): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(canonicalRequest(request));
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

/** @throws FailedError `RequestUnreadable`, `RequestInvalid`, `RequestVersion` */
export async function readRequest(file: string): Promise<SurgeryRequest> {
  let bytes: Buffer;
  try {
    bytes = await readBounded(file, MAX_REQUEST_BYTES);
  } catch (error) {
    throw new FailedError('RequestUnreadable', `cannot read the request ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return parseRequest(bytes, file);
}
