import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { createOwnedFolder } from '../../src/owned-folder.js';

const PREFIX = 'tfrepair-sandbox';

let parent: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'temp-dir-'));
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

/** The number of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

test('the folder is private', async () => {
  const { mode } = await stat(await createOwnedFolder(parent, PREFIX));
  expect(mode & 0o777).toBe(0o700);
});

test('folders of dead openers are removed, those of living ones and of others are not', async () => {
  const abandoned = await createOwnedFolder(parent, PREFIX, deadPid());
  await mkdir(join(abandoned, 'with', 'content'), { recursive: true });
  const alive = await createOwnedFolder(parent, PREFIX, process.ppid);
  const foreign = join(parent, 'tfrepair-sandbox-of-somebody');
  await mkdir(foreign);
  const mine = await createOwnedFolder(parent, PREFIX);
  expect((await readdir(parent)).sort()).toEqual([alive, mine, foreign].map((path) => basename(path)).sort());
});

test('a link that looks like an abandoned folder is left alone, and so is what it leads to', async () => {
  const target = join(parent, 'precious');
  await mkdir(target);
  const link = `tfrepair-sandbox-${deadPid()}-link`;
  await symlink(target, join(parent, link));
  const mine = await createOwnedFolder(parent, PREFIX);
  expect((await readdir(parent)).sort()).toEqual(['precious', link, basename(mine)].sort());
});
