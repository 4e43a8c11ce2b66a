import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { openSandbox } from '../../../src/sandbox/open.js';
import { createWorld, type World } from '../../../src/world.js';
import { exampleFile } from '../../support/example.js';

describe('openSandbox', () => {
  let programs: string;
  let parent: string;

  beforeEach(async () => {
    programs = await mkdtemp(join(tmpdir(), 'programs-'));
    parent = await mkdtemp(join(tmpdir(), 'parent-'));
  });

  afterEach(async () => {
    await rm(programs, { recursive: true });
    await rm(parent, { recursive: true });
  });

  function world(): World {
    return { ...createWorld(process), env: { PATH: programs } };
  }

  test('says what is missing and how to get it, and leaves nothing behind', async () => {
    await expect(openSandbox({ examples: exampleFile('.'), parent, world: world() })).rejects.toMatchObject({
      code: 'MotoMissing',
      message: 'the sandbox needs an AWS API server: moto_server is not on PATH',
      hint: "pip install 'moto[server]', or install one of uvx, pipx, docker and podman",
    });
    expect(await readdir(parent)).toEqual([]);
  });

  test('repeats what an API server said that did not start, and leaves nothing behind', async () => {
    await writeFile(join(programs, 'moto_server'), '#!/bin/sh\necho "no module named flask" >&2\nexit 3\n', {
      mode: 0o755,
    });
    await expect(openSandbox({ examples: exampleFile('.'), parent, world: world() })).rejects.toMatchObject({
      code: 'MotoNotReady',
      message: expect.stringContaining('it ended with exit code 3; it said: no module named flask'),
    });
    expect(await readdir(parent)).toEqual([]);
  });
});
