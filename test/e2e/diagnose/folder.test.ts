import { DeleteUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { RootDiagnosis, FleetDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { sdkCredentials } from '../../../src/sandbox/aws/keys.js';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';
import { writeFiles } from '../../support/write-files.js';
import { requires } from '../support/requires.js';
import { runCli } from '../support/run-cli.js';
import { accountOf, openExampleSandbox } from '../support/sandbox.js';
import { createTempDir } from '../support/temp-dir.js';
import { initRealRoot, type RealRoot } from '../support/terraform-root.js';

const describeHere = await requires(['terraform', 'moto_server', 'aws-provider']);

const MAIN = `
  terraform {
    required_providers {
      aws = {
        source  = "hashicorp/aws"
        version = "5.100.0"
      }
    }
  }
  provider "aws" {
    region                      = "us-east-1"
    skip_requesting_account_id  = true
    skip_metadata_api_check     = true
  }
  module "team" {
    source   = "./team"
    for_each = toset(["boats", "piers"])
    name     = each.key
  }
  resource "aws_iam_group" "crews" {
    count = 2
    name  = "crew-\${count.index}"
  }
  resource "terraform_data" "note" { input = "x" }`;

const TEAM = `
  variable "name" { type = string }
  resource "aws_iam_user" "member" {
    for_each = toset(["captain", "mate"])
    name     = "\${var.name}-\${each.key}"
  }`;

describeHere("a folder of the user's own, with modules, count and for_each", () => {
  let sandbox: Sandbox;
  let env: Record<string, string>;
  let folder: string;
  let root: RealRoot;
  beforeAll(async () => {
    sandbox = await openExampleSandbox();
    env = sandbox.envOf(accountOf(sandbox, 'ferries-stage'), 'operator');
    folder = await createTempDir();
    root = await initRealRoot(join(folder, 'root'), { 'main.tf': MAIN, 'team/main.tf': TEAM }, env);
    await root.terraform('apply', '-auto-approve', '-no-color');
  }, 400_000);
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => writeFiles(root.folder, { 'main.tf': MAIN, 'team/main.tf': TEAM }));
  afterEach(() => rm(join(folder, 'tmp'), { recursive: true, force: true }));

  const diagnose = async (...args: readonly string[]): Promise<RootDiagnosis | undefined> => {
    const words = ['diagnose', '--dir', root.folder, '--json', ...args];
    const { stdout } = await runCli(words, folder, { env, timeout: 240_000 });
    const { result } = JSON.parse(stdout) as { result: FleetDiagnosis };
    return result.accounts[0];
  };

  test('a user who is gone is named with module and keys', async () => {
    const address = 'module.team["piers"].aws_iam_user.member["mate"]';
    const credentials = sdkCredentials(accountOf(sandbox, 'ferries-stage').identities.operator.keys);
    const iam = new IAMClient({ endpoint: sandbox.endpoint, region: 'us-east-1', credentials });
    await iam.send(new DeleteUserCommand({ UserName: 'piers-mate' }));
    expect(await diagnose()).toMatchObject({
      kind: 'folder',
      plan: { outcome: 'planned', actions: { create: 1 } },
      findings: [{ code: 'deleted-outside', addresses: [address], id: 'piers-mate', owners: [] }],
    });
    await root.terraform('apply', '-auto-approve', '-no-color');
  }, 400_000);

  test('a count that becomes a for_each asks for moves', async () => {
    const changed = MAIN.replace('count = 2', 'for_each = toset(["0", "1"])').replace(
      'count.index',
      'each.key',
    );
    await writeFiles(root.folder, { 'main.tf': changed });
    const moves = ['0', '1'].map((key) => ({
      code: 'renamed',
      addresses: [`aws_iam_group.crews[${key}]`, `aws_iam_group.crews["${key}"]`],
      repairs: [{ command: ['state', 'mv', `aws_iam_group.crews[${key}]`, `aws_iam_group.crews["${key}"]`] }],
    }));
    expect((await diagnose())?.findings).toMatchObject(moves);
  }, 240_000);

  test('a tainted object and one that the configuration lacks', async () => {
    await root.terraform('taint', 'terraform_data.note');
    await writeFiles(root.folder, { 'main.tf': MAIN.replace('count = 2', 'count = 1') });
    expect((await diagnose())?.findings).toMatchObject([
      {
        ...{ code: 'not-in-config', addresses: ['aws_iam_group.crews[1]'] },
        repairs: [
          { expectedPlan: [{ action: 'noop' }] },
          { title: 'let the next apply delete it, if nobody needs it' },
          { command: ['state', 'rm', 'aws_iam_group.crews[1]'] },
        ],
      },
      { code: 'tainted', addresses: ['terraform_data.note'] },
    ]);
    await root.terraform('untaint', 'terraform_data.note');
  }, 240_000);

  test('a mistake in the configuration is told with its place', async () => {
    await writeFiles(root.folder, { 'team/main.tf': TEAM.replace('var.name', 'var.nam') });
    const diagnosis = await diagnose();
    expect(diagnosis?.findings).toMatchObject([
      { code: 'config-error', severity: 'blocker', summary: expect.stringContaining('team/main.tf') },
    ]);
  }, 240_000);
});
