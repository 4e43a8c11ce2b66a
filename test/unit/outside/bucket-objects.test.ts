import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { localObject, type ReadObject } from '../../../src/outside/bucket-objects.js';

const NEED = { kind: 'bucket-object', bucket: 'callbacks', key: 'logo.png', format: 'png' } as const;
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfrepair-objects-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function has(bytes: Uint8Array | undefined): ReadObject {
  return () => Promise.resolve(bytes);
}

test('an object becomes a file that nobody else may read', async () => {
  const file = join(folder, 'callbacks', 'logo.png');
  expect(await localObject(NEED, has(PNG), folder)).toEqual({ known: true, value: file });
  expect(new Uint8Array(await readFile(file))).toEqual(PNG);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('an object that has changed is loaded again', async () => {
  const changed = Uint8Array.of(...PNG, 4);
  await localObject(NEED, has(PNG), folder);
  await localObject(NEED, has(changed), folder);
  expect(new Uint8Array(await readFile(join(folder, 'callbacks', 'logo.png')))).toEqual(changed);
});

test.each([
  ['../../etc', '../passwd'],
  ['..', '.hidden'],
])('the names %s and %s stay below the folder', async (bucket, key) => {
  const answer = await localObject({ ...NEED, bucket, key }, has(PNG), folder);
  const file = answer.known && typeof answer.value === 'string' ? answer.value : '';
  expect(relative(folder, file).split(sep)).toHaveLength(2);
  expect(relative(folder, file)).not.toMatch(/^\.\./);
  expect(new Uint8Array(await readFile(file))).toEqual(PNG);
});

test.each([
  ['ObjectMissing', 'there is no s3://callbacks/logo.png', undefined],
  ['ObjectInvalid', 's3://callbacks/logo.png is not a png file', new TextEncoder().encode('<svg/>')],
  ['ObjectInvalid', 's3://callbacks/logo.png is not a png file', PNG.slice(0, 5)],
])('the data is wrong (%s): %s', async (code, message, bytes) => {
  expect(await localObject(NEED, has(bytes), folder)).toMatchObject({
    known: false,
    error: { code, message },
  });
});
