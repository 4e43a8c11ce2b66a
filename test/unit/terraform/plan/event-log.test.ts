import { mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { EventLog } from '../../../../src/terraform/plan/event-log.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'event-log-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('every line is in the file, which is its owner’s alone even if it was there before', async () => {
  const file = join(folder, 'log');
  await writeFile(file, 'old', { mode: 0o644 });
  const log = new EventLog(file);
  const lines = Array.from({ length: 3000 }, (_, i) => `${i} ${'é'.repeat(40)}`);
  for (const line of lines) log.write(line);
  log.close();
  expect(await readFile(file, 'utf8')).toBe(`${lines.join('\n')}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a file that cannot be written is named', () => {
  const file = join(folder, 'no', 'log');
  const message: unknown = expect.stringContaining(file);
  expect(() => new EventLog(file)).toThrow(expect.objectContaining({ code: 'LogUnwritable', message }));
});
