import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect } from '@jest/globals';

/** A new, empty, private folder. */
export async function createTempDir(): Promise<string> {
  return mkdtemp(join(await realpath(tmpdir()), 'tfrepair-test-'));
}

/** Gives each test a folder of its own, which is gone after it. */
export function useTempDir(): () => string {
  let folder = '';
  beforeEach(async () => {
    folder = await createTempDir();
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return () => folder;
}

/** Fails when something is still in a folder that everything should have been cleared out of. */
export async function expectEmpty(folder: string): Promise<void> {
  expect(await readdir(folder)).toEqual([]);
}
