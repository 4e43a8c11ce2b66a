import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface Measurement {
  readonly seconds: number;
  /** Processor time, of all threads: other work on the machine hardly disturbs it. */
  readonly cpuSeconds: number;
  /** The largest resident set. */
  readonly megabytes: number;
}

/** Tells what the process has used (`process.resourceUsage()`), as JSON on its file descriptor 3 when it ends. */
const TELL_USAGE = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,JSON.stringify(process.resourceUsage())))`;

/** Runs a whole node process several times. @returns the fastest: the others were disturbed by something else */
export async function measure(args: readonly string[], runs: number): Promise<Measurement> {
  let best: Measurement | undefined;
  for (let run = 0; run < runs; run += 1) {
    const measured = await measureOnce(args);
    if (best === undefined || measured.seconds < best.seconds) best = measured;
  }
  return best ?? { seconds: Number.NaN, cpuSeconds: Number.NaN, megabytes: Number.NaN };
}

async function measureOnce(args: readonly string[]): Promise<Measurement> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', TELL_USAGE, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , , usage] = child.stdio;
  const [[code], stderr, used] = await Promise.all([
    once(child, 'exit') as Promise<[number | null]>,
    textOf(child.stderr),
    textOf(usage),
  ]);
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(code)}: ${stderr}`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(used) as NodeJS.ResourceUsage;
  return { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
}

/** Of a pipe that is read; Node's types know only the first three. */
async function textOf(stream: unknown): Promise<string> {
  return stream instanceof Readable ? text(stream) : '';
}
