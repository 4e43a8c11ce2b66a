import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { InterruptedError } from '../../../src/errors.js';
import { runTerraform, type Invocation } from '../../../src/terraform/run.js';

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'run-'));
  lines = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Whole lines, as the scripts print them. */
const say = (chunk: Buffer): void => {
  lines.push(...chunk.toString().trimEnd().split('\n'));
};

const never = new AbortController().signal;

/** Runs a script in place of terraform. */
async function run(script: string, options: Partial<Invocation> = {}, signal = never) {
  await writeFile(join(folder, 'fake.mjs'), script);
  return runTerraform(
    {
      file: process.execPath,
      args: ['fake.mjs', 'plan'],
      ...{ folder, env: { ONLY: 'this' }, timeoutMs: 60_000, onOutput: say, ...options },
    },
    signal,
  );
}

/** Aborts as Ctrl-C does, once the script has said that it is ready. */
function interruptedWhenReady(): { signal: AbortSignal; onOutput: (chunk: Buffer) => void } {
  const controller = new AbortController();
  const onOutput = (chunk: Buffer): void => {
    say(chunk);
    if (lines[0]?.startsWith('ready') === true)
      controller.abort(new InterruptedError('Interrupted', 'interrupted by SIGINT'));
  };
  return { signal: controller.signal, onOutput };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('it has the arguments, the folder and the environment that it is given, and no more', async () => {
  const result = await run(
    'console.log(process.argv.at(-1), process.cwd()); console.log(Object.keys(process.env).join()); ' +
      'console.error("words"); process.exitCode = 3',
  );
  expect(lines).toEqual([`plan ${folder}`, 'ONLY']);
  expect(result).toEqual({ exitCode: 3, timedOut: false, stderr: 'words\n' });
});

test('of a flood on stderr only the end is kept', async () => {
  const { stderr } = await run('process.stderr.write("x".repeat(1e6)); process.stderr.write("the end")');
  expect({ length: stderr.length, end: stderr.slice(-7) }).toEqual({ length: 64 * 1024, end: 'the end' });
});

test('an interruption asks it once to end, waits for that, and is then thrown', async () => {
  const { signal, onOutput } = interruptedWhenReady();
  const ended = run(
    `import { appendFileSync } from 'node:fs';
    process.on('SIGINT', () => { appendFileSync('asked', 'x'); setTimeout(() => process.exit(1), 100); });
    setInterval(() => undefined, 1000);
    console.log('ready');`,
    { onOutput },
    signal,
  );
  await expect(ended).rejects.toMatchObject({ code: 'Interrupted' });
  expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('x');
});

test('what does not end after it is killed with all that it has started', async () => {
  const { signal, onOutput } = interruptedWhenReady();
  const deaf = "process.on('SIGINT', () => undefined); setInterval(() => undefined, 1000);";
  const ended = run(
    `import { spawn } from 'node:child_process';
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(deaf + " console.log('up');")}], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', () => console.log('ready ' + child.pid));
    ${deaf}`,
    { onOutput, graceMs: 50 },
    signal,
  );
  await expect(ended).rejects.toMatchObject({ code: 'Interrupted' });
  const child = Number(lines[0]?.replace('ready ', ''));
  // A killed process is there until its new parent, the system, has taken note.
  for (let i = 0; i < 100 && isAlive(child); i += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAlive(child)).toBe(false);
});

test('when its time is up it is ended, and what it said is kept', async () => {
  const result = await run("console.log('begun'); setInterval(() => undefined, 1000)", { timeoutMs: 500 });
  expect({ lines, result }).toEqual({
    lines: ['begun'],
    result: { exitCode: undefined, timedOut: true, stderr: '' },
  });
});

test('a command that is interrupted already starts nothing', async () => {
  const signal = AbortSignal.abort(new InterruptedError('Interrupted', 'interrupted by SIGINT'));
  await expect(run("console.log('up')", {}, signal)).rejects.toMatchObject({ code: 'Interrupted' });
  expect(lines).toEqual([]);
});

test('a program that cannot be started is named', async () => {
  const file = join(folder, 'none');
  const message: unknown = expect.stringContaining(file);
  await expect(run('', { file })).rejects.toMatchObject({ code: 'TerraformUnusable', message });
});
