import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { openDirRoot } from '../../src/terraform/dir/open-dir-root.js';
import { initDirRoot, prepareDirRoot } from '../../src/terraform/dir/prepare-dir-root.js';
import { pullState } from '../../src/terraform/state/pull-state.js';
import { openTerraform, type Terraform } from '../../src/terraform/terraform.js';
import type { TerraformRoot } from '../../src/terraform/root.js';
import { writeFiles } from '../support/write-files.js';
import { requires } from './support/requires.js';
import { useTempDir } from './support/temp-dir.js';

const describeHere = await requires(['terraform', 'aws-provider']);

const signal = AbortSignal.timeout(300_000);

const ROOT = {
  'modules/shared/main.tf': 'resource "terraform_data" "shared" { input = "x" }',
  'root/main.tf': `
    terraform {
      backend "local" {}
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = "5.100.0"
        }
      }
    }
    module "shared" { source = "../modules/shared" }
    resource "terraform_data" "file" { input = file("../modules/shared/main.tf") }`,
};

describeHere("terraform in a folder of the user's own", () => {
  const home = useTempDir();
  let terraform: Terraform;
  let userFolder: string;
  const world = () => ({ env: { PATH: process.env['PATH'], HOME: home() }, cwd: home(), signal });

  beforeEach(async () => {
    await mkdir(join(home(), 'private'));
    userFolder = join(home(), 'repo/root');
    const env = { ...process.env, HOME: home(), TF_CLI_CONFIG_FILE: undefined };
    const places = { folder: join(home(), 'private'), cacheFolder: join(home(), 'cache') };
    terraform = await openTerraform(
      { named: undefined, timeoutMs: 100_000, ...places },
      { env, cwd: home(), signal },
    );
    await writeFiles(join(home(), 'repo'), ROOT);
  });

  async function prepared(): Promise<TerraformRoot> {
    const root = await openDirRoot('repo/root', world());
    const ready = await prepareDirRoot(root, { folder: join(home(), 'private'), env: world().env });
    await initDirRoot(ready, terraform);
    return ready;
  }

  const plan = async (root: TerraformRoot): Promise<number | undefined> => {
    const args = ['-input=false', '-lock=false', '-detailed-exitcode', '-no-color'];
    return (await terraform.run(root, ['plan', ...args])).exitCode;
  };

  /** Everything that is in the user's folders. */
  async function contents(): Promise<Record<string, string>> {
    const entries = await readdir(join(home(), 'repo'), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const digest = async (file: string) =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    return Object.fromEntries(
      await Promise.all(files.map(async (file) => [file, await digest(file)] as const)),
    );
  }

  const user = (...args: readonly string[]) => {
    const env = { ...world().env, ...terraform.cliConfig, CHECKPOINT_DISABLE: '1' };
    return execa('terraform', args, { cwd: userFolder, env, extendEnv: false, timeout: 100_000 });
  };

  test('plans where it has never been initialised, and leaves nothing there', async () => {
    const before = await contents();
    const root = await prepared();
    expect(await plan(root)).toBe(2);
    expect(await pullState(root, terraform)).toBeUndefined();
    expect(await contents()).toEqual(before);
  }, 240_000);

  test('plans with what the user has initialised: backend, workspace, state, providers, lock file', async () => {
    await user('init', '-input=false', '-backend-config=path=states/x.tfstate');
    await user('workspace', 'new', 'blue');
    await user('apply', '-input=false', '-auto-approve');
    const before = await contents();
    const root = await prepared();
    expect(root.folder).toBe(userFolder);
    expect(await plan(root)).toBe(0);
    const state = JSON.parse(Buffer.from((await pullState(root, terraform)) ?? []).toString()) as object;
    const stored = join(userFolder, 'terraform.tfstate.d/blue/terraform.tfstate');
    expect(root.backend).toEqual({ type: 'local', path: stored });
    expect(state).toEqual(JSON.parse(await readFile(stored, 'utf8')));
    expect(await contents()).toEqual(before);
  }, 240_000);

  test('says in its own words why a folder cannot be initialised', async () => {
    await writeFiles(userFolder, { 'bad.tf': 'module "none" { source = "./none" }' });
    await expect(prepared()).rejects.toMatchObject({
      code: 'InitFailed',
      message: expect.stringContaining('terraform init of repo/root ended with exit code 1') as unknown,
    });
  }, 120_000);
});
