import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FleetDiagnosis, RootDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { PlanCollector } from '../../../src/terraform/plan/collector.js';
import { writeFiles } from '../../support/write-files.js';
import { requires } from '../support/requires.js';
import { runCli } from '../support/run-cli.js';
import { useTempDir } from '../support/temp-dir.js';
import { initRealRoot, type RealRoot } from '../support/terraform-root.js';

const describeHere = await requires(['terraform']);

const MAIN = `
  resource "terraform_data" "berth" {
    count = 2
    input = "berth \${count.index}"
  }
  resource "terraform_data" "buoy" { input = "red" }
  resource "terraform_data" "crane" { input = "tall" }
  resource "terraform_data" "light" { input = "green" }`;

/** The berths have keys of another kind now, and the crane is gone. */
const CHANGED = MAIN.replace('count = 2', 'for_each = toset(["0", "1"])')
  .replace('count.index', 'each.key')
  .replace('resource "terraform_data" "crane" { input = "tall" }', '');

describeHere('the advice of a diagnosis', () => {
  const home = useTempDir();
  let root: RealRoot;
  beforeEach(async () => {
    root = await initRealRoot(join(home(), 'harbour'), { 'main.tf': MAIN });
    await root.terraform('apply', '-auto-approve', '-no-color');
  }, 240_000);
  afterEach(() => writeFiles(root.folder, { 'main.tf': MAIN }));

  const diagnose = async (): Promise<RootDiagnosis> => {
    const { stdout } = await runCli(['diagnose', '--dir', root.folder, '--json'], home(), {
      timeout: 240_000,
    });
    const [diagnosis] = (JSON.parse(stdout) as { result: FleetDiagnosis }).result.accounts;
    if (diagnosis === undefined) throw new Error(`no diagnosis: ${stdout}`);
    return diagnosis;
  };

  /** What terraform itself would do, by address; what it would leave alone is not in it. */
  const plan = async (): Promise<Map<string, string>> => {
    const { stdout } = await root.terraform('plan', '-json');
    const collector = new PlanCollector();
    for (const line of String(stdout).split('\n')) collector.line(line);
    const { changes } = collector.result('planned', undefined);
    return new Map(changes.map(({ address, action }) => [address, action]));
  };

  test('carried out with plain terraform, gives the plan that was foretold', async () => {
    await root.terraform('taint', 'terraform_data.buoy');
    await writeFiles(root.folder, { 'main.tf': CHANGED });
    const { findings } = await diagnose();
    expect(findings.map(({ code }) => code).sort()).toEqual([
      'not-in-config',
      'renamed',
      'renamed',
      'tainted',
    ]);
    const advised = findings.map(({ repairs }) => repairs.find(({ terraform }) => terraform !== undefined));
    for (const repair of advised) await root.terraform(...(repair?.terraform ?? ['none']));

    const planned = await plan();
    const foretold = advised.flatMap((repair) => repair?.expectedPlan ?? []);
    expect(foretold).toHaveLength(3);
    for (const { address, action } of foretold) expect(planned.get(address) ?? 'noop').toBe(action);
    expect([...planned]).toEqual([]);
    expect((await diagnose()).findings).toEqual([]);
  }, 240_000);

  test('of a state in a format of the future is a word about the state, and no plan of a new root', async () => {
    const file = join(root.folder, 'terraform.tfstate');
    const state = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const future = JSON.stringify({ ...state, version: 5 });
    await writeFile(file, future);
    const diagnosis = await diagnose();
    expect(diagnosis.plan?.actions ?? {}).toEqual({});
    expect(diagnosis.findings).toMatchObject([
      {
        code: 'plan-error',
        severity: 'blocker',
        evidence: [
          {
            text: expect.stringContaining(
              'Unsupported state file format: The state file uses format version 5',
            ),
          },
        ],
      },
    ]);
    expect(await readFile(file, 'utf8')).toBe(future);
  }, 240_000);
});
