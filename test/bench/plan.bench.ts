import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import { execa } from 'execa';

import type { FleetDiagnosis } from '../../src/diagnosis/diagnosis.js';
import { benchAccountPlan } from './account-plan.js';
import { writeLargeRoot, type LargeRoot } from './large-root.js';
import { measure } from './measure.js';

/** Of `tfrepair`'s time beside `terraform plan -json`; seconds and MB of the diagnosis of as many resources. */
const BARS = { plan: 1.03, diagnosis: 0.5, memory: 150 };
const RESOURCES = 10_000;
const ROUNDS = 3;

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

interface Replayed {
  /** From the end of the plan to our own end. */
  readonly seconds: number;
  /** Of our process alone. */
  readonly megabytes: number;
}

/** Our diagnosis of a large root beside the bare plan, and then of plans played back. @returns lines of text */
export async function benchPlan(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tfrepair-bench-'));
  try {
    const root = await writeLargeRoot(folder, RESOURCES);
    const larger = await writeLargeRoot(folder, 10 * RESOURCES);
    const replayed = await replay(root);
    const grown = await replay(larger);
    return [...replayLines(replayed, grown), ...(await besideTerraform(root)), await benchAccountPlan()];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In turn, so that both meet the same other work on the machine. What terraform says goes into a pipe with both. */
async function besideTerraform({ folder }: LargeRoot): Promise<string[]> {
  await execa('terraform', ['init', '-input=false'], { cwd: folder });
  const planFile = join(folder, '..', 'bare.tfplan');
  const args = ['plan', '-json', '-input=false', '-lock=false', `-out=${planFile}`];
  const [bare, plan, whole]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push((await timed(() => execa('terraform', args, { cwd: folder }))).seconds);
    const { seconds, result } = await timed(() => execa(process.execPath, diagnose(folder)));
    const { accounts } = (JSON.parse(result.stdout) as { result: FleetDiagnosis }).result;
    plan.push((accounts[0]?.plan?.durationMs ?? Number.NaN) / 1000);
    whole.push(seconds);
  }
  const [alone, ours, all] = [Math.min(...bare), Math.min(...plan), Math.min(...whole)];
  return [
    `plan of 10,000 resources ${ours.toFixed(2)} s; terraform plan ${alone.toFixed(2)} s: ` +
      `ratio ${(ours / alone).toFixed(3)} (bar: ${BARS.plan})`,
    `  the whole diagnosis of them, with reading the folder and init: ${all.toFixed(2)} s`,
  ];
}

async function timed<T>(run: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const result = await run();
  return { seconds: (performance.now() - start) / 1000, result };
}

function diagnose(folder: string, ...more: readonly string[]): string[] {
  return [BIN, 'diagnose', '--dir', folder, '--no-aws', '--json', ...more];
}

async function replay({ folder, replay: program, stamp }: LargeRoot): Promise<Replayed> {
  const rounds: Replayed[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { megabytes } = await measure(diagnose(folder, '--terraform-bin', program), 1);
    const seconds = (Date.now() - (await stat(stamp)).mtimeMs) / 1000;
    rounds.push({ seconds, megabytes });
  }
  const least = (pick: (round: Replayed) => number): number => Math.min(...rounds.map(pick));
  return { seconds: least(({ seconds }) => seconds), megabytes: least(({ megabytes }) => megabytes) };
}

function replayLines(few: Replayed, many: Replayed): string[] {
  const shown = ({ seconds, megabytes }: Replayed): string =>
    `${seconds.toFixed(2).padStart(6)} s ${megabytes.toFixed(0).padStart(5)} MB`;
  return [
    `after a plan of  10,000 resources ${shown(few)} (bars: ${BARS.diagnosis} s, ${BARS.memory} MB)`,
    `after a plan of 100,000 resources ${shown(many)}: ${(many.seconds / few.seconds).toFixed(1)} times the time`,
  ];
}
