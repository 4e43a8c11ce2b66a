import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { compareCase, differentialCases, type Comparison } from '../support/surgery/differential.js';
import { terraformVersion, TerraformState } from '../support/surgery/terraform-state.js';

/** Compares operations on random states with Terraform's own: `npm run fuzz -- --cases 5000 --seed 7`. */
const { values } = parseArgs({
  options: { cases: { type: 'string', default: '2000' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'tfrepair-fuzz-'));
try {
  process.exitCode = await fuzz(Number(values.cases));
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function fuzz(count: number): Promise<number> {
  process.stdout.write(`seed ${seed}, ${count} cases\n`);
  const cases = [...differentialCases(seed, count, await terraformVersion()).entries()];
  const wanted = cases.filter(([index]) => values.only === undefined || index === Number(values.only));
  const queue = wanted.values();
  let differences = 0;
  let refused = 0;
  const worker = async (name: string): Promise<void> => {
    const terraform = new TerraformState(join(folder, name));
    for (const [index, testCase] of queue) {
      const { difference, isRefused } = await compareCase(testCase, terraform).catch(asDifference);
      if (isRefused) refused++;
      if (difference === undefined) continue;
      differences++;
      process.stdout.write(`case ${index}: ${JSON.stringify(testCase.operations)}\n${difference}\n`);
      if (values.only !== undefined) process.stdout.write(`${testCase.text}\n`);
    }
  };
  await Promise.all([worker('a'), worker('b')]);
  process.stdout.write(`${differences} differences; ${refused} cases were refused\n`);
  return differences === 0 ? 0 : 1;
}

/** An operation that is not proved is a finding as well, and the others are to be looked at still. */
function asDifference(error: unknown): Comparison {
  return {
    difference: error instanceof Error ? (error.stack ?? error.message) : String(error),
    isRefused: false,
  };
}
