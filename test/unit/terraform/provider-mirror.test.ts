import { describe, expect, test } from '@jest/globals';

import { readProviderInstallation } from '../../../src/terraform/cli-config.js';
import { findProviderMirror, terraformPlatform } from '../../../src/terraform/provider-mirror.js';

const AWS = 'registry.terraform.io/hashicorp/aws';

interface Machine {
  readonly env?: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly folders?: Record<string, readonly string[]>;
}

function world({ env = {}, files = {}, folders = {} }: Machine) {
  return {
    env,
    home: '/home/me',
    platform: 'linux_amd64',
    readText: (file: string) => Promise.resolve(files[file]),
    listFolder: (folder: string) => Promise.resolve(folders[folder]),
  };
}

function unpacked(folder: string, version = '5.100.0', platform = 'linux_amd64'): Record<string, string[]> {
  return { [`${folder}/${AWS}`]: [version], [`${folder}/${AWS}/${version}`]: [platform] };
}

describe('a mirror of the AWS provider', () => {
  const rc = 'provider_installation {\n  filesystem_mirror {\n    path = "/mirror"\n  }\n}\n';

  test.each<[string, Machine, string]>([
    [
      'in the CLI configuration',
      { files: { '/home/me/.terraformrc': rc }, folders: unpacked('/mirror') },
      '/mirror',
    ],
    [
      'in the CLI configuration named by the environment',
      { env: { TF_CLI_CONFIG_FILE: '/rc' }, files: { '/rc': rc }, folders: unpacked('/mirror') },
      '/mirror',
    ],
    [
      'in the plugin cache',
      { env: { TF_PLUGIN_CACHE_DIR: '/cache' }, folders: unpacked('/cache') },
      '/cache',
    ],
    [
      'in the home folder',
      { folders: unpacked('/home/me/.terraform.d/plugins') },
      '/home/me/.terraform.d/plugins',
    ],
    [
      'in a data folder',
      { env: { XDG_DATA_HOME: '/data' }, folders: unpacked('/data/terraform/plugins') },
      '/data/terraform/plugins',
    ],
    [
      'where machine images put it',
      { folders: { '/opt': ['other', 'providers'], ...unpacked('/opt/providers') } },
      '/opt/providers',
    ],
    [
      'that is packed',
      {
        env: { TF_PLUGIN_CACHE_DIR: '/cache' },
        folders: { [`/cache/${AWS}`]: ['index.json', 'terraform-provider-aws_5.100.0_linux_amd64.zip'] },
      },
      '/cache',
    ],
  ])('is found %s', async (_what, machine, folder) => {
    expect(await findProviderMirror('hashicorp/aws', world(machine))).toEqual({
      folder,
      versions: ['5.100.0'],
    });
  });

  test.each<[string, Machine]>([
    ['there is none', {}],
    ['it holds another provider', { env: { TF_PLUGIN_CACHE_DIR: '/cache' }, folders: { '/cache': ['x'] } }],
    [
      'it is for another platform',
      { env: { TF_PLUGIN_CACHE_DIR: '/c' }, folders: unpacked('/c', '5.0.0', 'darwin_arm64') },
    ],
    [
      'its zip is for another platform',
      {
        env: { TF_PLUGIN_CACHE_DIR: '/c' },
        folders: { [`/c/${AWS}`]: ['terraform-provider-aws_5.0.0_darwin_arm64.zip'] },
      },
    ],
    [
      'it is commented out',
      { files: { '/home/me/.terraformrc': rc.replaceAll(/^/gm, '# ') }, folders: unpacked('/mirror') },
    ],
    [
      'a file that is not there is named instead of the one at home',
      {
        env: { TF_CLI_CONFIG_FILE: '/rc' },
        files: { '/home/me/.terraformrc': rc },
        folders: unpacked('/mirror'),
      },
    ],
  ])('is not found when %s', async (_what, machine) => {
    expect(await findProviderMirror('hashicorp/aws', world(machine))).toBeUndefined();
  });
});

test('every kind of provider installation is read from the CLI configuration', async () => {
  const text = `
    plugin_cache_dir = "/cache"
    provider_installation {
      filesystem_mirror { path = "/a"  include = ["x/*/*"] }
      filesystem_mirror { path = "/b" }
      network_mirror { url = "https://mirror.example.com/" }
      direct {}
    }`;
  expect(await readProviderInstallation(world({ files: { '/home/me/.tofurc': text } }))).toEqual({
    folders: ['/a', '/b'],
    urls: ['https://mirror.example.com/'],
    pluginCache: '/cache',
  });
});

test.each([
  ['linux', 'x64', 'linux_amd64'],
  ['darwin', 'arm64', 'darwin_arm64'],
  ['win32', 'ia32', 'windows_386'],
])('%s on %s is %s', (platform, arch, expected) => {
  expect(terraformPlatform({ platform, arch })).toBe(expected);
});
