import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { cliConfigEnvironment, terraformCliConfig } from '../../../src/terraform/cli-config.js';

test('without a mirror everything comes from the registry', () => {
  expect(terraformCliConfig(undefined)).toBe('disable_checkpoint = true\n');
});

test('what the mirror has comes from it alone, the rest from the registry', () => {
  const providers = ['registry.terraform.io/hashicorp/aws', 'registry.terraform.io/hashicorp/time'];
  expect(terraformCliConfig({ folder: '/srv/it is "here"', providers })).toBe(
    `disable_checkpoint = true

provider_installation {
  filesystem_mirror {
    path    = "/srv/it is \\"here\\""
    include = ["registry.terraform.io/hashicorp/aws", "registry.terraform.io/hashicorp/time"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws", "registry.terraform.io/hashicorp/time"]
  }
}
`,
  );
});

describe('the environment that tells terraform', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(await realpath(tmpdir()), 'cli-config-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const common = { TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1' };
  const environment = (env: Record<string, string>) =>
    cliConfigEnvironment(folder, { env, cwd: folder, cacheFolder: join(folder, 'cache') });

  test('names a configuration of ours and a cache of providers, when the user has none', async () => {
    const mirror = join(folder, 'mirror');
    await mkdir(join(mirror, 'registry.terraform.io/hashicorp/aws'), { recursive: true });
    const file = join(folder, 'terraform.rc');
    // A variable that leads nowhere would make terraform fail.
    const env = { TFREPAIR_PROVIDER_MIRROR: mirror, TF_CLI_CONFIG_FILE: '/nowhere', HOME: folder };
    expect(await environment(env)).toEqual({
      ...{ ...common, TF_CLI_CONFIG_FILE: file, TF_PLUGIN_CACHE_DIR: join(folder, 'cache', 'plugins') },
    });
    expect(await readFile(file, 'utf8')).toContain(`path    = "${mirror}"`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("names the user's own, and no cache where that has one", async () => {
    await writeFile(join(folder, 'my.rc'), 'plugin_cache_dir = "/cache"');
    expect(await environment({ TF_CLI_CONFIG_FILE: 'my.rc' })).toEqual({
      ...{ ...common, TF_CLI_CONFIG_FILE: join(folder, 'my.rc') },
    });
  });

  test('leaves a ~/.terraformrc and the cache of the environment to terraform', async () => {
    await writeFile(join(folder, '.terraformrc'), '');
    const env = { HOME: folder, TF_PLUGIN_CACHE_DIR: '/cache' };
    expect(await environment(env)).toEqual({ ...common, TF_PLUGIN_CACHE_DIR: '/cache' });
  });
});
