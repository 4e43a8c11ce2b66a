import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { findProgram } from '../../src/find-program.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-program-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('the first executable file on the path is found; folders and plain files are passed over', async () => {
  const [aFolder, aFile, program, later] = ['a', 'b', 'c', 'd'].map((name) => join(folder, name, 'tool'));
  await mkdir(aFolder ?? '', { recursive: true });
  for (const file of [aFile, program, later]) {
    await mkdir(join(file ?? '', '..'), { recursive: true });
    await writeFile(file ?? '', '', { mode: 0o644 });
  }
  await chmod(program ?? '', 0o755);
  await chmod(later ?? '', 0o755);
  const path = ['nowhere', 'a', 'b', 'c', 'd'].map((name) => join(folder, name)).join(delimiter);
  expect(await findProgram('tool', path)).toBe(program);
});

test('nothing is found on an empty path or where there is no such program', async () => {
  expect(await findProgram('tool', '')).toBeUndefined();
  expect(await findProgram('tool', folder)).toBeUndefined();
});
