import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { oracleFile } from '../support/oracle.js';
import { writeLargeBundle } from './large-account.js';
import { measure, type Measurement } from './measure.js';

/** What the real renderer was recorded to take for `example-prod`, with terraform, Vault and AWS stubbed away: 3.8 to 6.2 s. */
const RECORDED_SECONDS = 3.8;
const RECORDED_MEGABYTES = 134;
/** At most this part of it. */
const BAR = 0.1;

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** Speed and memory of `tfrepair config`, whole processes, embedded server included. @returns lines of text */
export async function benchConfig(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tfrepair-bench-'));
  try {
    const node = await measure(['-e', '0'], 10);
    const example = await render(oracleFile('public', 'bundle.json'), 'example-prod', folder, 10);
    const large: Measurement[] = [];
    for (const specs of [2000, 20_000]) {
      const bundle = join(folder, `${specs}.json`);
      await writeLargeBundle(oracleFile('public', 'bundle.json'), bundle, NAMESPACE, specs);
      large.push(await render(bundle, 'sqs-minimal', folder, 1));
    }
    return report(node, example, large);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NAMESPACE = '/services/orders/namespaces/aurora-01-sqs-minimal-ns.yml';

function render(bundle: string, account: string, folder: string, runs: number): Promise<Measurement> {
  const source = ['--bundle', bundle, '--config', oracleFile('public', 'config.toml'), '--offline'];
  return measure([BIN, 'config', ...source, '--account', account, '--out', join(folder, 'out.json')], runs);
}

function report(node: Measurement, example: Measurement, large: readonly Measurement[]): string[] {
  const ratio = example.seconds / RECORDED_SECONDS;
  const [few, many] = large;
  return [
    `node, doing nothing         ${shown(node)}`,
    `config, example-prod        ${shown(example)}: ${ratio.toFixed(3)} of qontract-reconcile's recorded ` +
      `${RECORDED_SECONDS} s and ${RECORDED_MEGABYTES} MB (bar: ${BAR})`,
    ...large.map(
      (measured, index) => `config, ${index === 0 ? ' 2,000' : '20,000'} specs        ${shown(measured)}`,
    ),
    ...(few === undefined || many === undefined
      ? []
      : [`growth for ten times as many ${(many.seconds / few.seconds).toFixed(1)} times the time`]),
  ];
}

function shown({ seconds, cpuSeconds, megabytes }: Measurement): string {
  const [wall, cpu] = [seconds, cpuSeconds].map((time) => time.toFixed(2).padStart(6));
  return `${wall} s (${cpu} s of processor time) ${megabytes.toFixed(0).padStart(5)} MB`;
}
