import { mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { withWorkdir } from '../../../src/terraform/workdir.js';

const { signal } = new AbortController();
let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(await realpath(tmpdir()), 'workdir-'));
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

test('the folder is private, and gone afterwards with what is in it', async () => {
  const mode = await withWorkdir({ keep: false, signal, parent }, async (folder) => {
    await writeFile(join(folder, 'plan'), '');
    return (await stat(folder)).mode & 0o777;
  });
  expect({ mode, left: await readdir(parent) }).toEqual({ mode: 0o700, left: [] });
});

test('it is gone when the work fails, too', async () => {
  const failing = withWorkdir({ keep: false, signal, parent }, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(await readdir(parent)).toEqual([]);
});

test('one that is to be kept stays, also when others clear up', async () => {
  const kept = await withWorkdir({ keep: true, signal, parent }, (folder) => Promise.resolve(folder));
  await withWorkdir({ keep: false, signal, parent }, () => Promise.resolve());
  expect((await readdir(parent)).map((name) => join(parent, name))).toEqual([kept]);
});

test('without a parent it is in memory or in the folder for temporary files', async () => {
  const folder = await withWorkdir({ keep: false, signal }, (path) => Promise.resolve(path));
  expect(folder).toMatch(/\/tfrepair-work-[0-9a-f]{8}-\d+-\w+$/);
});
