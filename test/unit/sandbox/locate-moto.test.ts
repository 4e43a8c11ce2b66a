import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { locateMoto } from '../../../src/sandbox/moto/locate.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'locate-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function install(...names: string[]): Promise<void> {
  for (const name of names) await writeFile(join(folder, name), '', { mode: 0o755 });
}

test('there is none without any of the programs', async () => {
  expect(await locateMoto(folder)).toBeUndefined();
});

test('moto_server itself goes before what would fetch it', async () => {
  await install('docker', 'pipx', 'moto_server');
  const program = await locateMoto(folder);
  expect(program?.file).toBe(join(folder, 'moto_server'));
  expect(program?.args(4711)).toEqual(['-H', '127.0.0.1', '-p', '4711']);
});

test.each([
  ['uvx', ['--from', 'moto[server]', 'moto_server', '-H', '127.0.0.1', '-p', '4711']],
  ['pipx', ['run', '--spec', 'moto[server]', 'moto_server', '-H', '127.0.0.1', '-p', '4711']],
])('%s fetches and runs it', async (name, args) => {
  await install(name);
  const program = await locateMoto(folder);
  expect(program?.args(4711)).toEqual(args);
  expect(program?.download).toBe(true);
});

test.each(['docker', 'podman'])('%s publishes it on the loopback address only', async (name) => {
  await install(name);
  const args = (await locateMoto(folder))?.args(4711) ?? [];
  expect(args.slice(0, 3)).toEqual(['run', '--rm', '--init']);
  expect(args).toContain('127.0.0.1:4711:5000');
  expect(args).toContain('MOTO_IAM_LOAD_MANAGED_POLICIES=true');
});
