import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { missingNeeds, verdict } from './support/requires.js';
import { cleanEnv, runCli } from './support/run-cli.js';
import { expectEmpty, useTempDir } from './support/temp-dir.js';

describe('the end-to-end harness', () => {
  const home = useTempDir();

  test('names each missing program', async () => {
    const env = { PATH: home(), HOME: home() };
    expect(await missingNeeds(['terraform', 'git'], env)).toEqual([
      'terraform is not on PATH',
      'git is not on PATH',
    ]);
  });

  test('finds programs that are there', async () => {
    expect(await missingNeeds(['git'], process.env)).toEqual([]);
  });

  test.each([
    ['', {}, 'run'],
    ['', { CI: 'true' }, 'run'],
    ['git is not on PATH', {}, 'skip'],
    ['git is not on PATH', { CI: 'false' }, 'skip'],
    ['git is not on PATH', { CI: 'true' }, 'fail'],
  ] as const)('when %j is the reason and %j the environment, tests %s', (reason, env, expected) => {
    expect(verdict(reason, env)).toBe(expected);
  });

  test('hands nothing of the developer over to the CLI', () => {
    expect(Object.keys(cleanEnv(home())).sort()).toEqual(['HOME', 'LANG', 'PATH', 'TMPDIR', 'TZ']);
  });

  test('runs the built CLI, which leaves nothing behind', async () => {
    const { exitCode, stdout } = await runCli(['--version'], home());
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^tfrepair\/\d+\.\d+\.\d+ /),
    });
    await expectEmpty(home());
  });

  test('notices what is left behind', async () => {
    await writeFile(join(home(), 'left.txt'), '');
    await expect(expectEmpty(home())).rejects.toThrow('left.txt');
  });
});
