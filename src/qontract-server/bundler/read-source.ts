import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';

import { FailedError, messageOf } from '../../errors.js';
import { fileError } from './source-error.js';

/** No source file of an app-interface comes near this size, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The bytes of a file. @throws FailedError `BundleSource` when it cannot be read or is too large */
export function readBytes(file: string): Buffer {
  try {
    const { size } = statSync(file);
    if (size > MAX_BYTES) throw fileError(file, `larger than ${MAX_BYTES / 1024 / 1024} MiB`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof FailedError) throw error;
    throw fileError(file, `cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** The text of UTF-8 bytes, a byte order mark included. @throws FailedError `BundleSource` for other bytes */
export function decode(bytes: Buffer, file: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw fileError(file, 'not UTF-8 text', {
    hint: 'save it as UTF-8, or move it out of the bundled folders',
  });
}
