import { readFile, rm as rmFolder, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { isJsonObject, type Json } from '../../src/json.js';
import { changedAddresses } from '../../src/review/changed-addresses.js';
import { planVerdict } from '../../src/review/plan-verdict.js';
import { newState, type NewState } from '../../src/surgery/engine/new-state.js';
import type { Operation } from '../../src/surgery/operations/operation.js';
import { storedState } from '../../src/surgery/store/stored-state.js';
import { openDirRoot } from '../../src/terraform/dir/open-dir-root.js';
import { changeOf } from '../../src/terraform/plan/events.js';
import type { ResourceChange } from '../../src/terraform/plan/plan.js';
import { requires } from './support/requires.js';
import { createTempDir } from './support/temp-dir.js';
import { initRealRoot, type RealRoot } from './support/terraform-root.js';

const describeWithTerraform = await requires(['terraform']);

const FILES = {
  'main.tf': `
    resource "terraform_data" "one" {}
    resource "terraform_data" "two" { count = 2 }
    resource "terraform_data" "none" { count = 0 }
    resource "terraform_data" "counted" { count = length(["x"]) }
    resource "terraform_data" "each" { for_each = { k = "v" } }
    resource "terraform_data" "computed" { for_each = toset(["k"]) }
    module "m" {
      source = "./m"
      count  = 1
    }
  `,
  'm/main.tf': 'resource "terraform_data" "one" {}',
};

const rm = (...names: readonly string[]): Operation => ({ op: 'rm', addresses: names.map(addressOf) });
const mv = (from: string, to: string): Operation => ({
  op: 'mv',
  moves: [{ from: addressOf(from), to: addressOf(to) }],
});

function addressOf(name: string): string {
  const [, module = '', rest = name] = /^(module\.m(?:\[\d\])?\.)(.*)$/.exec(name) ?? [];
  return `${module}terraform_data.${rest}`;
}

describeWithTerraform('what is foretold of the next plan', () => {
  let root: RealRoot;
  let base: Buffer;
  const stateFile = (): string => join(root.folder, 'terraform.tfstate');

  beforeAll(async () => {
    root = await initRealRoot(await createTempDir(), FILES);
    await root.terraform('apply', '-auto-approve', '-no-color');
    base = await readFile(stateFile());
  }, 60_000);

  afterAll(() => rmFolder(root.folder, { recursive: true }));

  async function foretold(operations: readonly Operation[]): Promise<NewState> {
    const { config } = await openDirRoot(root.folder, {
      cwd: '/',
      env: {},
      signal: new AbortController().signal,
    });
    const isConfigured = (address: string): boolean | undefined => config.wants(address);
    return newState(storedState(base, '', 'the state'), { operations, earlier: undefined, isConfigured });
  }

  async function planned(bytes: Buffer): Promise<ResourceChange[]> {
    await writeFile(stateFile(), bytes);
    const { stdout } = await root.terraform('plan', '-json', '-refresh=false');
    const events = String(stdout)
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    return events.flatMap((event) =>
      isJsonObject(event) && event['type'] === 'planned_change' ? (changeOf(event) ?? []) : [],
    );
  }

  test.each<[string, Operation[]]>([
    ['what is forgotten', [rm('one', 'two[1]', 'each["k"]', 'computed', 'module.m[0].one')]],
    ['a move to what has a count', [rm('two'), mv('one', 'two')]],
    ['a move to what has a count, whose instance 0 is forgotten', [rm('two[0]'), mv('one', 'two')]],
    ['a move to what has a count that is computed', [rm('counted'), mv('one', 'counted')]],
    ['a move to what has a count of 0', [mv('one', 'none')]],
    ['a move to an index beyond the count', [mv('two[1]', 'two[5]')]],
    ['a move to the index of a count of 0', [mv('two[0]', 'none[0]')]],
    ['a move to the instance 0 of what has no count', [rm('one'), mv('two[0]', 'one[0]')]],
    ['a move to the instance 0 of itself', [mv('one', 'one[0]')]],
    ['a move to the instance 1 of what has no count', [rm('one'), mv('two[1]', 'one[1]')]],
    ['a move to a key that there is not', [mv('one', 'each["other"]')]],
    ['a move to a key that may not be there', [mv('one', 'computed["other"]')]],
    ['a move to a key that may be there', [rm('computed["k"]'), mv('one', 'computed["k"]')]],
    ['a move to what has keys', [rm('each'), mv('one', 'each')]],
    ['a move to a module that has a count', [rm('module.m[0].one'), mv('one', 'module.m.one')]],
    ['a move to a module beyond the count', [mv('module.m[0].one', 'module.m[1].one')]],
  ])('comes true after %s', async (_, operations) => {
    const { bytes, changes, expectedPlan } = await foretold(operations);
    const plan = {
      version: undefined,
      outcome: 'planned',
      refreshes: [],
      drift: [],
      diagnostics: [],
    } as const;
    const all = { ...plan, changes: await planned(bytes), states: undefined };
    const verdict = planVerdict(all, expectedPlan, changedAddresses(changes));
    expect(verdict).toMatchObject({ kind: 'as-expected', besides: [] });
  });
});
