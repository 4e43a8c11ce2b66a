import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { readBounded } from '../bounded-file.js';
import { findProviderMirror, type ProviderMirror } from './provider-mirror.js';

/** What decides about terraform's CLI configuration. */
export interface CliConfigWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For a relative path in `env`. */
  readonly cwd: string;
  /** Providers are kept in `plugins/` below it. */
  readonly cacheFolder: string;
}

const MAX_BYTES = 64 * 1024;

/**
 * The environment that gives terraform its CLI configuration: the user's own where there is one, else one of ours with
 * the mirror that was found. Providers from the registry are kept in a cache, unless the user's has one.
 *
 * @param folder private; our configuration is written there
 */
export async function cliConfigEnvironment(
  folder: string,
  { env, cwd, cacheFolder }: CliConfigWorld,
): Promise<Record<string, string>> {
  const own = await userCliConfig(env, cwd);
  if (own !== undefined) {
    const named = own.file === undefined ? {} : { TF_CLI_CONFIG_FILE: own.file };
    return { ...named, ...(await pluginCache(env, own.text, cacheFolder)) };
  }
  const file = join(folder, 'terraform.rc');
  await writeFile(file, terraformCliConfig(await findProviderMirror(env)), { mode: 0o600 });
  return { TF_CLI_CONFIG_FILE: file, ...(await pluginCache(env, '', cacheFolder)) };
}

/** The user's configuration; without `file` it is where terraform looks by itself. */
async function userCliConfig(
  env: CliConfigWorld['env'],
  cwd: string,
): Promise<{ file: string | undefined; text: string } | undefined> {
  const { TF_CLI_CONFIG_FILE: named = '', HOME: home = '' } = env;
  if (named !== '') {
    const file = resolve(cwd, named);
    const text = await textOf(file);
    if (text !== undefined) return { file, text };
  }
  const text = home === '' ? undefined : await textOf(join(home, '.terraformrc'));
  return text === undefined ? undefined : { file: undefined, text };
}

async function textOf(file: string): Promise<string | undefined> {
  return readBounded(file, MAX_BYTES).then(
    (bytes) => bytes.toString('utf8'),
    () => undefined,
  );
}

/**
 * Without the second variable terraform 1.4 and later downloads what is in the cache once more for every new lock file.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache
 */
async function pluginCache(
  env: CliConfigWorld['env'],
  cliConfig: string,
  cacheFolder: string,
): Promise<Record<string, string>> {
  const common = { TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1' };
  const { TF_PLUGIN_CACHE_DIR: own = '' } = env;
  if (own !== '') return { TF_PLUGIN_CACHE_DIR: own, ...common };
  if (/^\s*plugin_cache_dir\b/m.test(cliConfig)) return common;
  const folder = join(cacheFolder, 'plugins');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return { TF_PLUGIN_CACHE_DIR: folder, ...common };
}

/**
 * The text of a terraform CLI configuration of our own: no look for updates, and what a mirror has is installed from
 * there alone, the rest from the registry.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file
 */
export function terraformCliConfig(mirror: ProviderMirror | undefined): string {
  const lines = ['disable_checkpoint = true', ''];
  if (mirror !== undefined) {
    const providers = mirror.providers.map(quote).join(', ');
    lines.push(
      'provider_installation {',
      '  filesystem_mirror {',
      `    path    = ${quote(mirror.folder)}`,
      `    include = [${providers}]`,
      '  }',
      '  direct {',
      `    exclude = [${providers}]`,
      '  }',
      '}',
      '',
    );
  }
  return lines.join('\n');
}

/** An HCL string. In the CLI configuration (HCL 1) `${` would start an interpolation. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${');
}
