import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import writeFileAtomic from 'write-file-atomic';

import { FailedError } from '../errors.js';
import type { Answer, Need } from '../tf-config/model/need.js';
import { pathComponent } from './path-component.js';

type ObjectNeed = Extract<Need, { kind: 'bucket-object' }>;

/** Reads an object of a bucket; undefined when there is none. */
export type ReadObject = (bucket: string, key: string) => Promise<Uint8Array | undefined>;

/** How files of a format start (PNG specification, section 5.2). */
const SIGNATURES: Readonly<Record<ObjectNeed['format'], Uint8Array>> = {
  png: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
};

/**
 * An object as a file of this machine. It is loaded each time: objects change under their key.
 *
 * @param folder where such files are kept
 * @returns its path; an error of the data when the object is missing or of another format
 */
export async function localObject(need: ObjectNeed, read: ReadObject, folder: string): Promise<Answer> {
  const { bucket, key, format } = need;
  const bytes = await read(bucket, key);
  const source = `s3://${bucket}/${key}`;
  if (bytes === undefined) return wrong('ObjectMissing', `there is no ${source}`);
  const signature = SIGNATURES[format];
  if (!signature.every((byte, index) => bytes[index] === byte)) {
    return wrong('ObjectInvalid', `${source} is not a ${format} file`);
  }
  const place = join(folder, pathComponent(bucket));
  await mkdir(place, { recursive: true, mode: 0o700 });
  const file = join(place, pathComponent(key));
  await writeFileAtomic(file, Buffer.from(bytes), { mode: 0o600 });
  return { known: true, value: file };
}

function wrong(code: string, message: string): Answer {
  return { known: false, error: new FailedError(code, message) };
}
