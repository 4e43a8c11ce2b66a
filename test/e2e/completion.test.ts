import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from '@jest/globals';
import { execa } from 'execa';

import { cleanEnv, runCli } from './support/run-cli.js';
import { useTempDir } from './support/temp-dir.js';

const home = useTempDir();

/** What bash suggests for a command line, its completion set up as the instructions say. */
async function suggestions(...words: string[]): Promise<string[]> {
  await runCli(['autocomplete', 'bash'], home());
  const { stdout: setUp } = await runCli(['autocomplete', 'script', 'bash'], home());
  const script = `${setUp}
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
    "$(complete -p tfrepair | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await execa('bash', ['--norc', '-c', script], {
    env: cleanEnv(home()),
    extendEnv: false,
  });
  return stdout.split('\n');
}

test('bash completes commands', async () => {
  expect(await suggestions('tfrepair', 'do')).toEqual(['doctor']);
});

test('bash completes flags', async () => {
  expect(await suggestions('tfrepair', 'doctor', '--terraform')).toEqual(['--terraform-bin']);
});

test('the set-up writes nothing outside of the cache', async () => {
  await runCli(['autocomplete', 'bash'], home());
  const setUp = join(home(), '.cache', 'tfrepair', 'autocomplete', 'bash_setup');
  expect(await readFile(setUp, 'utf8')).toContain('tfrepair.bash');
});
