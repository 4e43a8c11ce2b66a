import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { createSandboxDir } from '../../../src/sandbox/temp-dir.js';

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
  const { mode } = await stat(await createSandboxDir(parent));
  expect(mode & 0o777).toBe(0o700);
});

test('folders of dead openers are removed, those of living ones and of others are not', async () => {
  const abandoned = await createSandboxDir(parent, deadPid());
  await mkdir(join(abandoned, 'with', 'content'), { recursive: true });
  const alive = await createSandboxDir(parent, process.ppid);
  const foreign = join(parent, 'tfrepair-sandbox-of-somebody');
  await mkdir(foreign);
  const mine = await createSandboxDir(parent);
  expect((await readdir(parent)).sort()).toEqual([alive, mine, foreign].map((path) => basename(path)).sort());
});

test('a link that looks like an abandoned folder is left alone, and so is what it leads to', async () => {
  const target = join(parent, 'precious');
  await mkdir(target);
  const link = `tfrepair-sandbox-${deadPid()}-link`;
  await symlink(target, join(parent, link));
  const mine = await createSandboxDir(parent);
  expect((await readdir(parent)).sort()).toEqual(['precious', link, basename(mine)].sort());
});
