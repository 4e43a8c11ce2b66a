import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer, type Server } from 'node:http';

import { afterEach, describe, expect, test } from '@jest/globals';

import { startCli, type StartedCli } from './support/start-cli.js';
import { useTempDir } from './support/temp-dir.js';

const home = useTempDir();

describe('a reader that goes away', () => {
  test.each([
    ['the result', ['doctor'], 'stdout', 0],
    ['a JSON document', ['doctor', '--json'], 'stdout', 0],
    ['the help', ['doctor', '--help'], 'stdout', 0],
    ['an error', ['doctro'], 'stderr', 2],
  ] as const)('from %s is no error', async (_what, args, stream, exitCode) => {
    const { child, result } = startCli(args, home());
    child[stream]?.destroy();
    expect(await result).toEqual({ exitCode, signal: null, stdout: '', stderr: '' });
  });
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;
onLinux('a full disk', () => {
  test.each([[['doctor']], [['doctor', '--json']], [['--help']]])(
    'makes %j fail, saying so',
    async (args) => {
      const disk = openSync('/dev/full', 'w');
      const { result } = startCli(args, home(), { stdio: ['ignore', disk, 'pipe'] });
      const { exitCode, stderr } = await result;
      closeSync(disk);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^error: cannot write the output: ENOSPC\b.*\n$/);
    },
  );
});

describe('an interruption', () => {
  let silent: Server;
  afterEach(() => {
    silent.closeAllConnections();
    silent.close();
  });

  /** A command that waits for a server which does not answer. */
  async function waiting(...flags: string[]): Promise<StartedCli> {
    silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const env = { TFREPAIR_GRAPHQL: `http://127.0.0.1:${address.port}/graphql` };
    const started = startCli(['doctor', ...flags], home(), { env });
    await once(silent, 'request');
    return started;
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s ends the command with 130, saying so',
    async (name) => {
      const { child, result } = await waiting();
      child.kill(name);
      expect(await result).toEqual({
        exitCode: 130,
        signal: null,
        stdout: '',
        stderr: `error: interrupted by ${name}\n`,
      });
    },
  );

  test('is one JSON document with --json', async () => {
    const { child, result } = await waiting('--json');
    child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await result;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'doctor',
      error: { code: 'Interrupted', exitCode: 130 },
    });
  });
});

describe('an error that nobody catches', () => {
  test.each([
    ['thrown', 'throw new Error("boom")'],
    ['rejected', 'void Promise.reject(new Error("boom"))'],
  ])('%s is reported as a bug of ours, and ends the process', async (_how, code) => {
    const later = encodeURIComponent(`process.once('beforeExit', () => { ${code} })`);
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${later}` };
    const { exitCode, stderr } = await startCli(['bundle', '--help'], home(), { env }).result;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        'error: unexpected error: boom\nNext: this is a bug in tfrepair: please report it with the output of --verbose\n',
    });
  });
});
