import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

import type { Measurement } from './measure.js';

/** Of Linux on every platform that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Often enough to see the largest resident set shortly before the end. */
const LOOK_EVERY_MS = 5;

/** Runs any program once; its memory and processor time are what Linux tells while it runs (elsewhere: not a number). */
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
  let cpuSeconds = Number.NaN;
  const look = setInterval(() => {
    megabytes = peakOf(child.pid) ?? megabytes;
    cpuSeconds = cpuSecondsOf(child.pid) ?? cpuSeconds;
  }, LOOK_EVERY_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(look);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(code)}`);
  return { seconds, cpuSeconds, megabytes };
}

/** Of all its threads, in user and kernel mode: proc(5), `/proc/PID/stat`. */
function cpuSecondsOf(pid: number | undefined): number | undefined {
  try {
    const line = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
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
