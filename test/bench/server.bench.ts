import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import { bigBundle } from './big-bundle.js';

/**
 * The bars, for a bundle of 58 MB and an answer of 22 MB on two idle cores: half, half and 0.6 of what the real server was
 * recorded to take (3.6 s, 4.6 s, 843 MB), and 20 ms. The straightforward server tells how fast the machine is now.
 */
const BARS = { ready: 1.8, answer: 2.3, memory: 506, firstQuery: 20 };

const ROUNDS = 3;

const SMALL = '{ clusters_v1 { name serverUrl } }';

/** All namespaces with their external resources: what a rendering of all accounts asks for. */
const NAMESPACES = `{ namespaces_v1 {
  path name description labels delete clusterAdmin managedExternalResources
  app { path name description onboardingStatus }
  cluster { path name serverUrl internal }
  externalResources { provider
    ... on NamespaceTerraformProviderResourceAWS_v1 {
      provisioner { name uid resourcesDefaultRegion supportedDeploymentRegions }
      resources { provider identifier
        ... on NamespaceTerraformResourceRDS_v1 { output_resource_name annotations defaults overrides allocated_storage event_notifications { destination event_categories } }
        ... on NamespaceTerraformResourceS3_v1 { output_resource_name annotations region bucket_policy storage_class events: event_notifications }
        ... on NamespaceTerraformResourceSQS_v1 { output_resource_name annotations region kms_encryption specs { defaults queues } } } } } } }`;

interface Figures {
  /** From the start of the process to its ready line, in seconds. */
  ready: number;
  /** The first small query after that, in milliseconds. */
  firstQuery: number;
  /** The query of all namespaces, in seconds. */
  answer: number;
  /** Peak resident set, in MB. */
  memory: number;
  /** The answer itself, to be compared. */
  data: string;
}

/** Our server and a straightforward one on the same bundle, in turn. @returns lines of text */
export async function benchServer(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tfrepair-bench-'));
  try {
    const bundle = join(folder, 'bundle.json');
    const text = bigBundle();
    await writeFile(bundle, text);
    const ours = ['bin/run.js', 'server', '--bundle', bundle, '--port', '0'];
    const baseline = ['--import', 'tsx', 'test/bench/baseline-server.ts', bundle];
    const rounds: [Figures, Figures][] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push([await run(ours), await run(baseline)]);
    return report(text.length, best(rounds.map(([one]) => one)), best(rounds.map(([, other]) => other)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(args: string[]): Promise<Figures> {
  const start = performance.now();
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await readyUrl(child);
    const ready = (performance.now() - start) / 1000;
    const [, firstQuery] = await ask(url, SMALL);
    const [data, answer] = await ask(url, NAMESPACES);
    return { ready, firstQuery, answer: answer / 1000, memory: await peakMemory(child), data };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const [url] = /http:\/\/[^\s"]+\/graphql/.exec(output) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`the server ended: ${output}`);
}

/** @returns the answer's `data` as text, and the milliseconds to its last byte */
async function ask(url: string, query: string): Promise<[data: string, milliseconds: number]> {
  const start = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const body = await response.text();
  const milliseconds = performance.now() - start;
  const { data } = JSON.parse(body) as { data?: unknown };
  if (data === undefined || data === null) throw new Error(`no data: ${body.slice(0, 300)}`);
  return [JSON.stringify(data), milliseconds];
}

/** Linux keeps a process's largest resident set. */
async function peakMemory({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** The smallest of each figure: whatever was larger was disturbed by something else. */
function best(all: readonly Figures[]): Figures {
  const least = (pick: (figures: Figures) => number): number => Math.min(...all.map(pick));
  return {
    ready: least(({ ready }) => ready),
    firstQuery: least(({ firstQuery }) => firstQuery),
    answer: least(({ answer }) => answer),
    memory: least(({ memory }) => memory),
    data: all[0]?.data ?? '',
  };
}

function report(bytes: number, ours: Figures, baseline: Figures): string[] {
  if (ours.data !== baseline.data) throw new Error('the two servers answer differently');
  const line = (name: string, unit: string, pick: (figures: Figures) => number, bar: number): string => {
    const [mine, other] = [pick(ours), pick(baseline)];
    const figures = [mine, other].map((figure) => `${figure.toFixed(2).padStart(8)} ${unit}`).join('  ');
    return `${name.padEnd(18)}${figures}   ratio ${(mine / other).toFixed(2)}   bar ${bar} ${unit}`;
  };
  const sizes = `bundle ${(bytes / 1e6).toFixed(0)} MB, answer ${(ours.data.length / 1e6).toFixed(0)} MB`;
  return [
    `${sizes}: tfrepair, then graphql-js + Express + Apollo`,
    line('ready', 's', ({ ready }) => ready, BARS.ready),
    line('first small query', 'ms', ({ firstQuery }) => firstQuery, BARS.firstQuery),
    line('all namespaces', 's', ({ answer }) => answer, BARS.answer),
    line('peak memory', 'MB', ({ memory }) => memory, BARS.memory),
  ];
}
