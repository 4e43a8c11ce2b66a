import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { Secret } from '../../../../src/secret.js';
import { runPlan, type PlanOptions } from '../../../../src/terraform/plan/run-plan.js';
import type { TerraformRoot } from '../../../../src/terraform/root.js';
import type { RunResult } from '../../../../src/terraform/run.js';
import type { Terraform } from '../../../../src/terraform/terraform.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'run-plan-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Answer extends Partial<RunResult> {
  readonly lines?: readonly object[];
  /** What it writes as its plan file. */
  readonly planFile?: string;
  /** What `show -json` prints. */
  readonly shows?: string;
}

const OK: RunResult = { exitCode: 0, timedOut: false, stderr: '' };

/** A terraform that answers one run after the other, and the arguments that it was given. */
function fakeTerraform(answers: readonly Answer[]): { terraform: Terraform; runs: string[][] } {
  const runs: string[][] = [];
  const next = (args: readonly string[]): Answer => {
    runs.push([...args]);
    return answers[runs.length - 1] ?? {};
  };
  const terraform: Terraform = {
    ...{ file: '/bin/terraform', product: 'terraform', version: '1.11.4', cliConfig: {}, timeoutMs: 90_000 },
    run: async (_root, args, onLine = () => undefined) => {
      const { lines = [], planFile, ...result } = next(args);
      for (const line of lines) onLine(JSON.stringify(line));
      if (planFile !== undefined) await writeFile(join(folder, 'tfrepair.tfplan'), planFile);
      return { ...OK, ...result };
    },
    ask: (_root, args) => {
      const { shows = '', ...result } = next(args);
      return Promise.resolve({ ...OK, ...result, stdout: Buffer.from(shows) });
    },
  };
  return { terraform, runs };
}

const SECRET = 'hunter2-hunter2';

function plan(terraform: Terraform, options: Partial<PlanOptions> = {}) {
  const root: TerraformRoot = {
    ...{ name: 'acme-stage', folder, env: { AWS_SECRET_ACCESS_KEY: new Secret(SECRET) } },
    backend: { type: 'local', path: 'x' },
  };
  const all = { folder, targets: [], lock: false, init: undefined, ...options };
  return runPlan(root, terraform, all);
}

const planned = (addr: string, action: string): object => ({
  ...{ '@level': 'info', '@timestamp': '2026-11-20T10:00:00Z', type: 'planned_change' },
  change: { resource: { addr, module: '', resource_type: 'aws_sqs_queue', resource_name: 'q' }, action },
});

const failure = (summary: string, detail: string): object => ({
  ...{ '@level': 'error', '@timestamp': '2026-11-20T10:00:00Z', type: 'diagnostic' },
  diagnostic: { severity: 'error', summary, detail },
});

describe('a plan', () => {
  test('takes no lock, asks no question, and is limited to the targets', async () => {
    const { terraform, runs } = fakeTerraform([{}]);
    await plan(terraform, { targets: ['aws_sqs_queue.q["a b"]', 'module.m'] });
    expect(runs).toEqual([
      [
        ...['plan', '-json', '-input=false', '-lock=false', `-out=${join(folder, 'tfrepair.tfplan')}`],
        ...['-target=aws_sqs_queue.q["a b"]', '-target=module.m'],
      ],
    ]);
  });

  test('takes the lock when that is wanted', async () => {
    const { terraform, runs } = fakeTerraform([{}]);
    await plan(terraform, { lock: true });
    expect(runs[0]).toContain('-lock=true');
  });

  test('that fails is a result with what was found', async () => {
    const lines = [planned('aws_sqs_queue.q', 'create'), failure('reading it', 'denied')];
    const { plan: result } = await plan(fakeTerraform([{ lines, exitCode: 1 }]).terraform);
    expect(result).toMatchObject({
      outcome: 'failed',
      changes: [{ address: 'aws_sqs_queue.q', action: 'create' }],
      diagnostics: [{ severity: 'error', summary: 'reading it' }],
      states: undefined,
    });
  });

  test.each([
    [{ exitCode: 2, stderr: 'Error: flag -json unknown' }, 'ended with exit code 2 without saying why'],
    [{ exitCode: undefined, stderr: 'Error: flag -json unknown' }, 'was killed without saying why'],
    [{ timedOut: true, stderr: 'Error: flag -json unknown' }, 'took longer than 90 s and was ended'],
  ])('that terraform does not explain (%j) is explained', async (answer, words) => {
    const { plan: result } = await plan(fakeTerraform([answer]).terraform);
    expect(result.diagnostics).toEqual([
      {
        ...{ severity: 'error', address: undefined, place: undefined },
        ...{ summary: `terraform plan ${words}`, detail: 'flag -json unknown' },
      },
    ]);
  });

  test('shows no secret of the root, in words and in what is kept', async () => {
    const kept: string[] = [];
    const answer = { lines: [failure(`key ${SECRET}`, SECRET)], exitCode: 1, stderr: SECRET };
    const { plan: result } = await plan(fakeTerraform([answer]).terraform, {
      onLine: (line) => kept.push(line),
    });
    expect(JSON.stringify([result, kept])).not.toContain(SECRET);
    expect(result.diagnostics).toMatchObject([{ summary: 'key [secret]', detail: '[secret]' }]);
  });
});

describe('when terraform says that init is needed', () => {
  const needed = failure('Backend initialization required, please run "terraform init"', 'Reason: changed');
  const cache = { cacheFolder: '/nowhere/at/all', key: 'k' };

  test('it is run, and the plan again', async () => {
    const { terraform, runs } = fakeTerraform([{ lines: [needed], exitCode: 1 }, {}, {}]);
    const { plan: result } = await plan(terraform, { init: cache });
    expect({ commands: runs.map(([command]) => command), outcome: result.outcome }).toEqual({
      commands: ['plan', 'init', 'plan'],
      outcome: 'planned',
    });
  });

  test('once only', async () => {
    const again = { lines: [needed], exitCode: 1 };
    const { terraform, runs } = fakeTerraform([again, {}, again, {}]);
    expect((await plan(terraform, { init: cache })).plan.outcome).toBe('failed');
    expect(runs.map(([command]) => command)).toEqual(['plan', 'init', 'plan']);
  });

  test('not where it is not ours to do', async () => {
    const { terraform, runs } = fakeTerraform([{ lines: [needed], exitCode: 1 }]);
    await plan(terraform);
    expect(runs).toHaveLength(1);
  });
});

describe('a plan file that cannot be unpacked', () => {
  const shown = JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: [] });

  test('is shown by terraform instead, and that is said', async () => {
    const { terraform, runs } = fakeTerraform([{ planFile: 'no zip' }, { shows: shown }]);
    const { plan: result, notes } = await plan(terraform);
    expect(runs[1]).toEqual(['show', '-json', join(folder, 'tfrepair.tfplan')]);
    expect(result.states).toBeDefined();
    expect(notes).toEqual([expect.stringMatching(/cannot be read.*terraform show -json was used instead/)]);
  });

  test("is nobody's business where the states are not asked for", async () => {
    const { terraform, runs } = fakeTerraform([{ planFile: 'no zip' }]);
    const { plan: result, notes } = await plan(terraform, { withoutStates: true });
    expect(runs).toHaveLength(1);
    expect({ states: result.states, notes }).toEqual({ states: undefined, notes: [] });
  });

  test('and that terraform cannot show is gone without, and that is said', async () => {
    const { terraform } = fakeTerraform([{ planFile: 'no zip' }, { exitCode: 1 }]);
    const { plan: result, notes } = await plan(terraform);
    expect({ outcome: result.outcome, states: result.states }).toEqual({
      outcome: 'planned',
      states: undefined,
    });
    expect(notes).toEqual([expect.stringContaining('terraform cannot show it either')]);
  });
});
