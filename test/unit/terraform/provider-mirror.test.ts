import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { findProviderMirror } from '../../../src/terraform/provider-mirror.js';

describe('findProviderMirror', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'mirror-'));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function mirror(name: string, ...providers: string[]): Promise<string> {
    const folder = join(root, name);
    for (const provider of providers) {
      await mkdir(join(folder, 'registry.terraform.io', provider), { recursive: true });
    }
    return folder;
  }

  function find(env: Record<string, string>): ReturnType<typeof findProviderMirror> {
    return findProviderMirror({ HOME: join(root, 'home'), ...env }, root);
  }

  test('finds none where there is none', async () => {
    await mkdir(join(root, 'opt', 'other', 'things'), { recursive: true });
    expect(await find({ TFREPAIR_PROVIDER_MIRROR: join(root, 'gone') })).toBeUndefined();
  });

  test('prefers the one that the environment names', async () => {
    const named = await mirror('named', 'hashicorp/aws', 'hashicorp/random');
    await mirror('home/.terraform.d/plugins', 'hashicorp/aws');
    expect(await find({ TFREPAIR_PROVIDER_MIRROR: named })).toEqual({
      folder: named,
      providers: ['registry.terraform.io/hashicorp/aws', 'registry.terraform.io/hashicorp/random'],
    });
  });

  test.each(['TF_CLI_CONFIG_FILE', 'HOME'])('reads the configuration that %s leads to', async (variable) => {
    const folder = await mirror('configured', 'hashicorp/aws');
    const file = join(root, 'home', '.terraformrc');
    await mkdir(join(root, 'home'));
    await writeFile(file, `provider_installation {\n  filesystem_mirror {\n    path = "${folder}"\n  }\n}\n`);
    const env = variable === 'HOME' ? {} : { HOME: join(root, 'elsewhere'), TF_CLI_CONFIG_FILE: file };
    expect((await find(env))?.folder).toBe(folder);
  });

  test.each([
    'home/.terraform.d/plugins',
    'home/.local/share/terraform/plugins',
    'usr/share/terraform/plugins',
    'opt/plugins',
    'opt/terraform/mirror',
  ])('looks into %s', async (place) => {
    const folder = await mirror(place, 'hashicorp/aws');
    expect((await find({}))?.folder).toBe(folder);
  });

  test('prefers a mirror that has the AWS provider over an earlier one without it', async () => {
    await mirror('home/.terraform.d/plugins', 'example/other');
    const folder = await mirror('opt/plugins', 'hashicorp/aws');
    expect((await find({}))?.folder).toBe(folder);
  });
});
