import { createReadStream } from 'node:fs';

/** A file is larger than its reader is ready to hold. */
export class TooLargeError extends Error {}

/**
 * Reads a file of at most `maxBytes` whole. Works for pipes (`--config <(…)`) too, whose size nobody knows beforehand.
 *
 * @throws TooLargeError, and the file system's own errors
 */
export async function readBounded(file: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLargeError(`it is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The text of a small file; undefined when it cannot be read or is larger. */
export async function readTextIfAny(file: string, maxBytes: number): Promise<string | undefined> {
  return readBounded(file, maxBytes).then(
    (bytes) => bytes.toString('utf8'),
    () => undefined,
  );
}
