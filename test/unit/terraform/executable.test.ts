import { chmod, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { ProgramAnswer } from '../../../src/clients/ask-program.js';
import { findTerraform, versionIn } from '../../../src/terraform/executable.js';

let bin: string;

beforeEach(async () => {
  bin = await mkdtemp(join(await realpath(tmpdir()), 'executable-'));
});

afterEach(async () => {
  await rm(bin, { recursive: true });
});

const says = (stdout: string): ProgramAnswer => ({ kind: 'ended', exitCode: 0, stdout, stderr: '' });

async function programs(...names: string[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(bin, name), '');
    await chmod(join(bin, name), 0o755);
  }
}

const find = (named: string | undefined, answer: ProgramAnswer) =>
  findTerraform(named, { ask: () => Promise.resolve(answer), path: bin, cwd: bin });

describe('finding terraform', () => {
  test('terraform is taken before tofu, by its absolute path', async () => {
    await programs('terraform', 'tofu');
    const file = join(bin, 'terraform');
    expect(await find(undefined, says('Terraform v1.11.4\non linux_amd64'))).toEqual({
      ...{ file, product: 'terraform', version: '1.11.4' },
    });
  });

  test('tofu is taken where there is no terraform', async () => {
    await programs('tofu');
    const file = join(bin, 'tofu');
    expect(await find(undefined, says('OpenTofu v1.9.0'))).toEqual({
      file,
      product: 'tofu',
      version: '1.9.0',
    });
  });

  test('a relative path is below the folder of the user, not below the one that terraform runs in', async () => {
    expect(await find('./my/tf', says('Terraform v1.6.6'))).toMatchObject({ file: join(bin, 'my/tf') });
  });

  test.each([
    ['nothing on PATH', undefined, { kind: 'absent' }, 'TerraformMissing', 'neither terraform nor tofu'],
    ['a named one that is not there', '/x/tf', { kind: 'absent' }, 'TerraformMissing', '/x/tf'],
    ['a name that is not on PATH', 'tf', { kind: 'absent' }, 'TerraformMissing', 'no executable tf'],
    ['one that hangs', '/x/tf', { kind: 'failed', why: 'it hangs' }, 'TerraformUnusable', '/x/tf: it hangs'],
    ['another program', '/x/tf', says('GNU tf 1.2'), 'TerraformUnusable', 'does not say its version'],
    ['an old one', '/x/tf', says('Terraform v0.13.7'), 'TerraformUnusable', '0.13.7 is too old, 1.0.0'],
  ] as const)('%s is an error that says so', async (_what, named, answer, code, words) => {
    const message: unknown = expect.stringContaining(words);
    await expect(find(named, answer)).rejects.toMatchObject({ code, message });
  });
});

test.each([
  ['Terraform v1.12.0-beta1\n', { product: 'terraform', version: '1.12.0-beta1' }],
  ['warning: x\nOpenTofu v1.10.2\non linux_amd64', { product: 'tofu', version: '1.10.2' }],
  ['Terraform v1.11', undefined],
  ['', undefined],
])('the version in %j', (stdout, found) => {
  expect(versionIn(stdout)).toEqual(found);
});
