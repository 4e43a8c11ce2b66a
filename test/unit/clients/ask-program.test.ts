import { describe, expect, test } from '@jest/globals';

import { programAsker, type AskLimits } from '../../../src/clients/ask-program.js';

const never = new AbortController().signal;
const LIMITS = { timeoutMs: 20_000, maxBytes: 1000 };

/** Runs a piece of JavaScript as the program. */
function ask(
  code: string,
  limits: Partial<AskLimits> = {},
  signal = never,
  env: Record<string, string> = {},
) {
  return programAsker(env, signal, { ...LIMITS, ...limits })(process.execPath, ['-e', code]);
}

describe('a program that is asked', () => {
  test('answers with its output and exit code', async () => {
    const code = 'console.log("out"); console.error("err"); process.exitCode = 3';
    expect(await ask(code)).toEqual({ kind: 'ended', exitCode: 3, stdout: 'out', stderr: 'err' });
  });

  test('sees the given environment only, and an empty stdin', async () => {
    const code = 'console.log(process.env.HERE, process.env.HOME); process.stdin.resume()';
    expect(await ask(code, {}, never, { HERE: 'yes' })).toMatchObject({ stdout: 'yes undefined' });
  });

  test('gets its arguments as they are, with no shell between', async () => {
    const asker = programAsker({}, never, LIMITS);
    const code = 'console.log(JSON.stringify(process.argv.slice(1)))';
    const args = ['$HOME; ls', 'a b', '"'];
    expect(await asker(process.execPath, ['-e', code, ...args])).toMatchObject({
      stdout: JSON.stringify(args),
    });
  });

  test('may be absent', async () => {
    expect(await programAsker({ PATH: '/nowhere' }, never, LIMITS)('no-such-program', [])).toEqual({
      kind: 'absent',
    });
  });

  test('may be no program', async () => {
    expect(await programAsker({}, never, LIMITS)('/', [])).toMatchObject({ kind: 'failed' });
  });

  test('is ended when it says too much', async () => {
    expect(await ask('for (;;) console.log("x".repeat(100))')).toEqual({
      kind: 'failed',
      why: 'it printed more than 1000 bytes',
    });
  });

  test('may be killed by somebody else', async () => {
    expect(await ask('process.kill(process.pid, "SIGKILL")')).toEqual({
      kind: 'failed',
      why: 'it was killed',
    });
  });

  // A wrapper script that hangs in a child of its own, which keeps the pipes open.
  const wrapper = `require('node:child_process').spawnSync(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'], { stdio: 'inherit' })`;

  test('is ended with all that it started when it hangs', async () => {
    expect(await ask(wrapper, { timeoutMs: 500 })).toEqual({
      kind: 'failed',
      why: 'it did not answer within 0.5 s',
    });
  });

  test('is ended by an interruption', async () => {
    const interruption = new AbortController();
    setTimeout(() => {
      interruption.abort(new Error('interrupted'));
    }, 200);
    await expect(ask(wrapper, {}, interruption.signal)).rejects.toThrow('interrupted');
    await expect(ask('0', {}, interruption.signal)).rejects.toThrow('interrupted');
  });
});
