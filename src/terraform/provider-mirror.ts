import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { readBounded } from '../bounded-file.js';

/** A folder that terraform can install providers from without the network. */
export interface ProviderMirror {
  readonly folder: string;
  /** Source addresses, e.g. `registry.terraform.io/hashicorp/aws`. */
  readonly providers: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

const REGISTRY = 'registry.terraform.io';
const MAX_CLI_CONFIG_BYTES = 64 * 1024;
const MAX_FOLDERS = 200;

/**
 * Looks for a mirror of provider packages: where `TFREPAIR_PROVIDER_MIRROR` says, where terraform's own configuration
 * says, in terraform's implied mirror folders, and at most two folders deep in `/opt`. One that has the AWS provider is
 * preferred.
 *
 * @param root the file system's root
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 */
export async function findProviderMirror(env: Env, root = '/'): Promise<ProviderMirror | undefined> {
  let found: ProviderMirror | undefined;
  for await (const folder of candidates(env, root)) {
    const providers = await providersIn(folder);
    if (providers.includes(`${REGISTRY}/hashicorp/aws`)) return { folder, providers };
    if (providers.length > 0) found ??= { folder, providers };
  }
  return found;
}

async function* candidates(env: Env, root: string): AsyncGenerator<string> {
  const home = env['HOME'] ?? '';
  if (env['TFREPAIR_PROVIDER_MIRROR']) yield env['TFREPAIR_PROVIDER_MIRROR'];
  for (const file of [env['TF_CLI_CONFIG_FILE'] ?? '', join(home, '.terraformrc')]) {
    yield* await mirrorsNamedIn(file);
  }
  yield join(home, '.terraform.d', 'plugins');
  yield join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'terraform', 'plugins');
  yield join(root, 'usr/local/share/terraform/plugins');
  yield join(root, 'usr/share/terraform/plugins');
  for (const folder of await foldersIn(join(root, 'opt'))) {
    yield folder;
    yield* await foldersIn(folder);
  }
}

/** The paths of `filesystem_mirror` blocks in a terraform CLI configuration file; none if there is no such file. */
async function mirrorsNamedIn(file: string): Promise<string[]> {
  if (file === '') return [];
  const bytes = await readBounded(file, MAX_CLI_CONFIG_BYTES).catch(() => undefined);
  const blocks =
    bytes?.toString('utf8').matchAll(/filesystem_mirror\s*\{[^}]*?\bpath\s*=\s*"([^"]+)"/g) ?? [];
  return [...blocks].map(([, path = '']) => path);
}

/** `HOSTNAME/NAMESPACE/TYPE` is how both the packed and the unpacked layout of a mirror begin. */
async function providersIn(folder: string): Promise<string[]> {
  const namespaces = await foldersIn(join(folder, REGISTRY));
  const types = await Promise.all(namespaces.map(foldersIn));
  return types.flat().map((path) => path.slice(folder.length + 1));
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .slice(0, MAX_FOLDERS)
    .map((entry) => join(folder, entry.name))
    .sort();
}
