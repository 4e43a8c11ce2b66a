import { copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import type { DocumentOperation } from '../../src/surgery/operations/operation.js';
import { terraformVersion } from '../support/surgery/terraform-state.js';
import { singleAddress, writeLargeState } from './large-state.js';
import { measureProgram } from './measure-program.js';
import { measure, type Measurement } from './measure.js';

const SIZES = [1000, 20_000, 100_000];
const MOVES = 200;
/** Of the moves, so many are really made by terraform. */
const REAL_MOVES = 3;
/** Terraform's time and memory for one removal, in ours, at 20,000 instances; and its time for all moves. */
const BARS = { time: 6, memory: 2, moves: 500 };

/** Operations on large states, ours from reading to proved, side by side with terraform's. @returns lines of text */
export async function benchSurgery(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tfrepair-bench-'));
  try {
    const script = await bundled(folder);
    const lines: string[] = [];
    const times: number[] = [];
    for (const size of SIZES) {
      const { ours, line } = await removal(folder, script, size);
      lines.push(line);
      times.push(ours.cpuSeconds);
      if (size === 20_000) lines.push(await moves(folder, script, size));
    }
    const [, middle = 1, large = 1] = times;
    return [
      ...lines,
      `growth, 5 times as many instances: ${(large / middle).toFixed(1)} times the processor time`,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removal(
  folder: string,
  script: string,
  size: number,
): Promise<{ ours: Measurement; line: string }> {
  const state = join(folder, `${size}.json`);
  await writeLargeState(state, await terraformVersion(), size);
  const { size: bytes } = await stat(state);
  const address = singleAddress(size, 0);
  const operation = { op: 'rm', addresses: [address] } as const;
  const ours = await request(folder, script, state, [operation], size > 20_000 ? 2 : 3);
  const theirs = await byTerraform(folder, state, [['rm', address]]);
  const ratio = theirs.seconds / ours.seconds;
  const memory = theirs.megabytes / ours.megabytes;
  const bar = size === 20_000 ? ` (bars: ${BARS.time}, ${BARS.memory})` : '';
  const line =
    `rm of ${size} (${(bytes / 1e6).toFixed(0)} MB): ${shown(ours)}, ${(ours.megabytes / (bytes / 2 ** 20)).toFixed(1)} times ` +
    `the file; terraform ${shown(theirs)}: ${ratio.toFixed(1)} times the time, ${(theirs.cpuSeconds / ours.cpuSeconds).toFixed(1)} the processor time, ${memory.toFixed(1)} times the memory${bar}`;
  return { ours, line };
}

async function moves(folder: string, script: string, size: number): Promise<string> {
  const state = join(folder, `${size}.json`);
  const pairs = Array.from({ length: MOVES }, (_, index) => ({
    from: singleAddress(size, index),
    to: `module.moved.${singleAddress(size, index)}`,
  }));
  const ours = await request(folder, script, state, [{ op: 'mv', moves: pairs }], 3);
  const commands = pairs.slice(0, REAL_MOVES).map(({ from, to }) => ['mv', from, to]);
  const theirs = await byTerraform(folder, state, commands);
  const all = (theirs.seconds * MOVES) / REAL_MOVES;
  return (
    `${MOVES} mv of ${size} in one request: ${shown(ours)}; terraform ${all.toFixed(0)} s (from ${REAL_MOVES}): ` +
    `${(all / ours.seconds).toFixed(0)} times the time, ` +
    `${((theirs.cpuSeconds * MOVES) / REAL_MOVES / ours.cpuSeconds).toFixed(0)} the processor time (bar: ${BARS.moves})`
  );
}

async function request(
  folder: string,
  script: string,
  state: string,
  operations: readonly DocumentOperation[],
  runs: number,
): Promise<Measurement> {
  const file = join(folder, 'operations.json');
  await writeFile(file, JSON.stringify(operations));
  return measure([script, state, file], runs);
}

/** The time of all commands together, and the memory of the last. */
async function byTerraform(
  folder: string,
  state: string,
  commands: readonly string[][],
): Promise<Measurement> {
  const copy = join(folder, 'theirs.json');
  await copyFile(state, copy);
  let seconds = 0;
  let cpuSeconds = 0;
  let megabytes = Number.NaN;
  for (const [command = '', ...args] of commands) {
    const options = [`-state=${copy}`, '-backup=/dev/null'];
    const measured = await measureProgram('terraform', ['state', command, ...options, ...args], folder);
    seconds += measured.seconds;
    cpuSeconds += measured.cpuSeconds;
    megabytes = measured.megabytes;
  }
  return { seconds, cpuSeconds, megabytes };
}

/** As it is shipped: one file, without a compiler at start. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'surgery-once.mjs');
  const entry = fileURLToPath(new URL('surgery-once.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  return outfile;
}

function shown({ seconds, cpuSeconds, megabytes }: Measurement): string {
  return `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} of the processor) ${megabytes.toFixed(0)} MB`;
}
