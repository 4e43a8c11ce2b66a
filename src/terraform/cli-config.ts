import { join } from 'node:path';

/** Where terraform may look for its CLI configuration, and how files are read. */
export interface CliConfigWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The text of a small file; undefined when it cannot be read. */
  readonly readText: (file: string) => Promise<string | undefined>;
}

/** What terraform's CLI configuration says about where providers come from. */
export interface ProviderInstallation {
  /** Folders of `filesystem_mirror` blocks. */
  readonly folders: readonly string[];
  /** Addresses of `network_mirror` blocks. */
  readonly urls: readonly string[];
  readonly pluginCache: string | undefined;
}

/**
 * Reads what the user's CLI configuration says about provider installation (terraform's documentation, "CLI
 * Configuration File"). HCL is searched, not parsed: a setting written in an unusual way is not found, and no harm done.
 */
export async function readProviderInstallation(world: CliConfigWorld): Promise<ProviderInstallation> {
  const text = withoutComments(await cliConfigText(world));
  const cache = world.env['TF_PLUGIN_CACHE_DIR'];
  return {
    folders: settings(text, 'filesystem_mirror', 'path'),
    urls: settings(text, 'network_mirror', 'url'),
    pluginCache: cache === undefined || cache === '' ? quoted(text, 'plugin_cache_dir') : cache,
  };
}

async function cliConfigText({ env, home, readText }: CliConfigWorld): Promise<string> {
  const named = env['TF_CLI_CONFIG_FILE'] ?? env['TERRAFORM_CONFIG'];
  const files = named === undefined ? [join(home, '.terraformrc'), join(home, '.tofurc')] : [named];
  const texts = await Promise.all(files.map(readText));
  return texts.find((text) => text !== undefined) ?? '';
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(?:#|\/\/).*$/gm, '');
}

/** The setting `key` of every block named `block`. */
function settings(text: string, block: string, key: string): string[] {
  const blocks = text.matchAll(new RegExp(`\\b${block}\\s*\\{([^}]*)\\}`, 'g'));
  return [...blocks].flatMap(([, body = '']) => quoted(body, key) ?? []);
}

function quoted(text: string, key: string): string | undefined {
  return new RegExp(`\\b${key}\\s*=\\s*"([^"]*)"`).exec(text)?.[1];
}
