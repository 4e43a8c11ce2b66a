import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { execa } from 'execa';

import type { PlanReport } from '../../src/planning/plan-report.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { BIN, cleanEnv } from '../e2e/support/run-cli.js';
import { accountOf, openExampleSandbox } from '../e2e/support/sandbox.js';

/** Of `tfrepair plan`'s time beside `terraform plan -json`. */
const BAR = 1.05;
const ROUNDS = 5;

/** It takes more than a minute to be made. */
const LEFT_OUT = 'aws_db_instance';

interface Config {
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** `tfrepair plan` of an account of the sandbox beside terraform alone in the same root, in turn. @returns a line */
export async function benchAccountPlan(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'tfrepair-bench-'));
  const sandbox = await openExampleSandbox();
  try {
    return await besideTerraform(sandbox, home);
  } finally {
    await sandbox.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function besideTerraform(sandbox: Sandbox, home: string): Promise<string> {
  const account = accountOf(sandbox, 'ferries-stage');
  const env = { ...cleanEnv(home), ...sandbox.envOf(account, 'operator') };
  const plan = [BIN, 'plan', '--account', account.name, '--json'];
  const { stdout } = await execa(process.execPath, [...plan, '--keep-workdir'], { env, extendEnv: false });
  const { workdir = '' } = (JSON.parse(stdout) as { result: PlanReport }).result;
  try {
    const config = JSON.parse(await readFile(join(workdir, 'config.tf.json'), 'utf8')) as Config;
    const options = { cwd: workdir, env: { ...env, ...variables(config) }, extendEnv: false };
    await execa('terraform', ['apply', '-input=false', '-auto-approve', ...targets(config)], options);
    const bare = ['plan', '-json', '-input=false', '-lock=false', `-out=${join(home, 'bare.tfplan')}`];
    const [alone, ours]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      alone.push(await seconds(() => execa('terraform', bare, options)));
      ours.push(await seconds(() => execa(process.execPath, plan, { env, extendEnv: false })));
    }
    return line(Math.min(...ours), Math.min(...alone));
  } finally {
    await rm(workdir, { recursive: true, force: true });
  }
}

function line(ours: number, alone: number): string {
  return (
    `plan of an account ${ours.toFixed(2)} s; terraform plan ${alone.toFixed(2)} s: ` +
    `ratio ${(ours / alone).toFixed(3)} (bar: ${BAR})`
  );
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

function variables({ variable = {} }: Config): Record<string, string> {
  return Object.fromEntries(Object.keys(variable).map((name) => [`TF_VAR_${name}`, 'Example-Passw0rd']));
}

function targets({ resource }: Config): string[] {
  return Object.entries(resource)
    .filter(([type]) => type !== LEFT_OUT)
    .flatMap(([type, named]) => Object.keys(named).map((name) => `-target=${type}.${name}`));
}
