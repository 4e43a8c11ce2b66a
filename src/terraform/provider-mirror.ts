import { delimiter, join } from 'node:path';

import { readProviderInstallation, type CliConfigWorld } from './cli-config.js';

export interface MirrorWorld extends CliConfigWorld {
  /** Names in a folder; undefined when there is no such folder. */
  readonly listFolder: (folder: string) => Promise<readonly string[] | undefined>;
  /** As terraform writes it, e.g. `linux_amd64`. */
  readonly platform: string;
}

/** A folder on this machine that a provider can be installed from without a network. */
export interface ProviderMirror {
  readonly folder: string;
  /** The versions for this platform, in no order. */
  readonly versions: readonly string[];
}

/** This machine's platform, as terraform writes it. */
export function terraformPlatform({ platform, arch }: { platform: string; arch: string }): string {
  const system = platform === 'win32' ? 'windows' : platform;
  return `${system}_${{ x64: 'amd64', ia32: '386' }[arch] ?? arch}`;
}

/**
 * Finds a folder that holds the provider `type` (e.g. `hashicorp/aws`) for this platform: the mirrors and the cache of
 * the user's CLI configuration, then the folders that terraform looks into by itself, then the folders in which machine
 * images use to put mirrors.
 */
export async function findProviderMirror(
  type: string,
  world: MirrorWorld,
): Promise<ProviderMirror | undefined> {
  const { folders, pluginCache } = await readProviderInstallation(world);
  const named = [...folders, ...(pluginCache === undefined ? [] : [pluginCache]), ...implied(world)];
  for (const folder of named) {
    const versions = await versionsIn(folder, type, world);
    if (versions.length > 0) return { folder, versions };
  }
  for (const parent of IMAGE_FOLDERS) {
    for (const name of (await world.listFolder(parent)) ?? []) {
      const folder = join(parent, name);
      const versions = await versionsIn(folder, type, world);
      if (versions.length > 0) return { folder, versions };
    }
  }
  return undefined;
}

const HOSTS = ['registry.terraform.io', 'registry.opentofu.org'];
const IMAGE_FOLDERS = ['/opt', '/usr/local/share', '/usr/share', '/var/lib'];

/** Terraform's implied local mirrors (its documentation, "Implied Local Mirror Directories"). */
function implied({ env, home }: CliConfigWorld): string[] {
  const data = env['XDG_DATA_HOME'] ?? join(home, '.local', 'share');
  const shared = (env['XDG_DATA_DIRS'] ?? ['/usr/local/share', '/usr/share'].join(delimiter)).split(
    delimiter,
  );
  return [
    join(home, '.terraform.d', 'plugins'),
    ...[data, ...shared].map((folder) => join(folder, 'terraform', 'plugins')),
  ];
}

/** A mirror has `HOST/TYPE/VERSION/PLATFORM/` when unpacked, and zip files in `HOST/TYPE/` when packed. */
async function versionsIn(folder: string, type: string, world: MirrorWorld): Promise<string[]> {
  const versions: string[] = [];
  for (const host of HOSTS) {
    const provider = join(folder, host, type);
    for (const name of (await world.listFolder(provider)) ?? []) {
      const [, packed] = /_(\d[^_]*)_(?:[a-z\d]+_[a-z\d]+)\.zip$/.exec(name) ?? [];
      if (packed !== undefined && name.endsWith(`_${world.platform}.zip`)) versions.push(packed);
      else if ((await world.listFolder(join(provider, name)))?.includes(world.platform)) versions.push(name);
    }
  }
  return versions;
}
