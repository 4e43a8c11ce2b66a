import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

import type { Measurement } from './measure.js';

/** Often enough to see the largest resident set shortly before the end. */
const LOOK_EVERY_MS = 5;

/** Runs any program once; its memory is what Linux tells of it while it runs (elsewhere: not a number). */
export async function measureProgram(
  program: string,
  args: readonly string[],
  folder: string,
): Promise<Measurement> {
  const start = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], HOME: folder, CHECKPOINT_DISABLE: '1' },
  });
  let megabytes = Number.NaN;
  const look = setInterval(() => {
    megabytes = peakOf(child.pid) ?? megabytes;
  }, LOOK_EVERY_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(look);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(code)}`);
  return { seconds, cpuSeconds: Number.NaN, megabytes };
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] =
      /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
