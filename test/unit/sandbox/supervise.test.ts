import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { supervise, type Supervised } from '../../../src/sandbox/supervise.js';

const FOREVER = 'setInterval(() => {}, 1000);';

describe('supervise', () => {
  let folder: string;
  let log: string;
  let running: Supervised | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'supervise-'));
    log = `${folder}.log`;
  });

  afterEach(async () => {
    await running?.close();
    await rm(folder, { recursive: true, force: true });
    await rm(log, { force: true });
  });

  function start(file: string, args: string[], grace = 0): Supervised {
    const logFd = openSync(log, 'a');
    running = supervise({ file, args, env: { PATH: '' }, folder, logFd, grace });
    closeSync(logFd);
    return running;
  }

  /** Waits until the program has printed so many lines, and gives them as numbers. */
  async function printed(count: number): Promise<number[]> {
    for (;;) {
      const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
      if (lines.length >= count) return lines.map(Number);
      await sleep(20);
    }
  }

  /** Neither gone nor a zombie, which is all that is left of a killed orphan until the system's first process asks. */
  function isRunning(pid: number): boolean {
    const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
    return state !== '' && !state.startsWith('Z');
  }

  async function untilEnded(...pids: number[]): Promise<void> {
    while (pids.some(isRunning)) await sleep(20);
  }

  test('close ends the program, what that has started, and removes the folder', async () => {
    const source = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', '${FOREVER}']);
      console.log(process.pid); console.log(child.pid); ${FOREVER}`;
    const supervised = start(process.execPath, ['-e', source]);
    const pids = await printed(2);
    expect(supervised.exit()).toBeUndefined();
    await supervised.close();
    await untilEnded(...pids);
    expect(existsSync(folder)).toBe(false);
  });

  test('a program with grace may tidy up', async () => {
    const source = `process.on('SIGTERM', () => { console.log(2); process.exit(); }); console.log(1); ${FOREVER}`;
    const supervised = start(process.execPath, ['-e', source], 60_000);
    await printed(1);
    await supervised.close();
    expect(await printed(2)).toEqual([1, 2]);
  });

  test('a program that does not end when asked is ended after its grace', async () => {
    const source = `process.on('SIGTERM', () => {}); console.log(process.pid); ${FOREVER}`;
    const supervised = start(process.execPath, ['-e', source], 50);
    const [pid = 0] = await printed(1);
    await supervised.close();
    expect(isRunning(pid)).toBe(false);
  });

  test.each([
    ['ends by itself', process.execPath, ['-e', 'process.exitCode = 3'], 'it ended with exit code 3'],
    ['does not exist', '/nowhere/program', [], 'it ended with exit code 127'],
  ])('says so when the program %s', async (_, file, args, expected) => {
    const supervised = start(file, args);
    while (supervised.exit() === undefined) await sleep(20);
    expect(supervised.exit()).toBe(expected);
    await supervised.close();
  });

  test('the program ends when its supervisor is killed', async () => {
    const supervised = start(process.execPath, ['-e', `console.log(process.pid); ${FOREVER}`]);
    const [pid = 0] = await printed(1);
    expect(isRunning(pid)).toBe(true);
    process.kill(supervised.pid ?? 0, 'SIGKILL');
    await untilEnded(pid);
    expect(supervised.exit()).toBe('it ended with SIGKILL');
  });
});
