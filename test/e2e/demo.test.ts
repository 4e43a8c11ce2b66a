import { expect, test } from '@jest/globals';

import type { Demo } from '../../src/sandbox/demo/run-demo.js';
import { requires } from './support/requires.js';
import { runCli } from './support/run-cli.js';
import { expectEmpty, useTempDir } from './support/temp-dir.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const TIMEOUT = 600_000;

describeHere('tfrepair demo', () => {
  const home = useTempDir();
  const tmp = useTempDir();

  test(
    'plays the whole repair with two people, ends with a clean plan, and leaves nothing behind',
    async () => {
      const env = { TMPDIR: tmp() };
      const { exitCode, stdout, stderr } = await runCli(['demo', '--json'], home(), {
        env,
        timeout: TIMEOUT,
      });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const { steps, proved } = (JSON.parse(stdout) as { result: Demo }).result;
      const told = steps
        .filter(({ command }) => command.startsWith('tfrepair') && !command.includes('--json'))
        .map(
          ({ who, command, exitCode: code }) => `${who} ${command.split(' ').slice(1, 3).join(' ')} ${code}`,
        );
      expect(told).toEqual([
        'loop config --account 0',
        'robin diagnose --account 3',
        'robin state import 4',
        'robin review request.json 4',
        'sasha review request.json 0',
        'robin state execute 0',
        'robin state execute 4',
        'robin plan --account 0',
      ]);
      expect(steps.find(({ command }) => command.startsWith('tfrepair diagnose'))?.output).toContain(
        'not-in-state',
      );
      expect(steps.at(-1)?.output).toContain('no changes');
      expect(proved).toContain('the plan is clean');
      await expectEmpty(tmp());
    },
    TIMEOUT,
  );

  test('says what is missing where there is no AWS API server to be had', async () => {
    const { exitCode, stderr } = await runCli(['demo'], home(), { env: { PATH: '' } });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('moto_server is not on PATH');
    expect(stderr).toContain('uvx');
  });

  test('cannot be played where there is no terminal', async () => {
    const { exitCode, stderr } = await runCli(['demo', '--interactive'], home());
    expect(exitCode).toBe(2);
    expect(stderr).toContain('leave --interactive away');
  });
});
