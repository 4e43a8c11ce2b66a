import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { JsonObject } from '../../../src/json.js';
import { Secret } from '../../../src/secret.js';
import { initCacheOf, initRoot } from '../../../src/terraform/init.js';
import type { TerraformRoot } from '../../../src/terraform/root.js';
import type { RunResult } from '../../../src/terraform/run.js';
import type { Terraform } from '../../../src/terraform/terraform.js';

let folder: string;
let runs: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'init-'));
  await mkdir(join(folder, 'package'));
  runs = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const DOCUMENT: JsonObject = {
  terraform: { backend: { s3: { bucket: 'b' } }, required_providers: { aws: { version: '5.100.0' } } },
  resource: { aws_sqs_queue: { a: {} } },
};

const OK: RunResult = { exitCode: 0, timedOut: false, stderr: '' };

/** A terraform whose `init` leaves behind what the real one does: links to providers, a lock file. */
function fakeTerraform(version = '1.11.4', result = OK, copies = false): Terraform {
  return {
    ...{ file: '/bin/terraform', product: 'terraform', version, cliConfig: {}, timeoutMs: 1000 },
    run: async (root, args) => {
      runs.push(args.join(' '));
      const versions = join(root.folder, '.terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0');
      await mkdir(versions, { recursive: true });
      if (copies) await mkdir(join(versions, 'linux_amd64'));
      else await symlink(join(folder, 'package'), join(versions, 'linux_amd64'));
      await writeFile(join(root.folder, '.terraform.lock.hcl'), 'locked');
      return result;
    },
    ask: () => Promise.reject(new Error('nobody asks')),
  };
}

async function initIn(name: string, document: JsonObject, terraform: Terraform): Promise<string> {
  const root = join(folder, name);
  await mkdir(root);
  return initRoot(rootAt(root), terraform, await initCacheOf(document, terraform, join(folder, 'cache')));
}

function rootAt(path: string): TerraformRoot {
  const env = { AWS_SECRET_ACCESS_KEY: new Secret('hunter2-hunter2') };
  return { name: 'acme-stage', folder: path, env, backend: { type: 'local', path: 'x' } };
}

describe('a second init', () => {
  test('of the same config runs nothing and finds the same', async () => {
    expect(await initIn('first', DOCUMENT, fakeTerraform())).toBe('initialised');
    const resources = { aws_sqs_queue: { b: {} }, aws_sns_topic: { c: {} } };
    expect(await initIn('second', { ...DOCUMENT, resource: resources }, fakeTerraform())).toBe('reused');
    expect(runs).toEqual(['init -input=false -no-color']);
    expect(await readFile(join(folder, 'second', '.terraform.lock.hcl'), 'utf8')).toBe('locked');
    const inside = await readdir(join(folder, 'second', '.terraform'), { recursive: true });
    expect(inside).toContain('providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64');
  });

  test.each<[string, JsonObject, string]>([
    ['another backend', { ...DOCUMENT, terraform: { backend: { s3: { bucket: 'c' } } } }, '1.11.4'],
    ['a provider that is used without being required', { ...DOCUMENT, data: { time_static: {} } }, '1.11.4'],
    ['a module', { ...DOCUMENT, module: { m: { source: './m' } } }, '1.11.4'],
    ['another version', DOCUMENT, '1.12.0'],
  ])('with %s is done anew', async (_what, document, version) => {
    await initIn('first', DOCUMENT, fakeTerraform());
    expect(await initIn('second', document, fakeTerraform(version))).toBe('initialised');
  });

  test('is done anew when a provider is no longer where it was', async () => {
    await initIn('first', DOCUMENT, fakeTerraform());
    await rm(join(folder, 'package'), { recursive: true });
    await mkdir(join(folder, 'elsewhere'));
    expect(await initIn('second', DOCUMENT, fakeTerraform())).toBe('initialised');
  });

  test('is done anew when the first left copies of providers, which are too large to keep', async () => {
    await initIn('first', DOCUMENT, fakeTerraform('1.11.4', OK, true));
    expect(await initIn('second', DOCUMENT, fakeTerraform())).toBe('initialised');
  });
});

describe('an init that fails', () => {
  test("says so in terraform's words, without secrets, and is not kept", async () => {
    const stderr = '│ Error: Failed to get state\n│ \n│ key hunter2-hunter2 is not allowed\n';
    const failing = fakeTerraform('1.11.4', { ...OK, exitCode: 1, stderr });
    await expect(initIn('first', DOCUMENT, failing)).rejects.toMatchObject({
      code: 'InitFailed',
      message:
        'terraform init of acme-stage ended with exit code 1: Failed to get state:\nkey [secret] is not allowed',
    });
    expect(await initIn('second', DOCUMENT, fakeTerraform())).toBe('initialised');
  });

  test('says when it took too long, and how to give it more time', async () => {
    const slow = fakeTerraform('1.11.4', { ...OK, exitCode: undefined, timedOut: true });
    await expect(initIn('first', DOCUMENT, slow)).rejects.toMatchObject({
      message: 'terraform init of acme-stage took too long',
      hint: 'give it more time with --timeout',
    });
  });
});
