import type { Product } from '../executable.js';

/** One file of a module. */
export interface ConfigFile {
  readonly name: string;
  readonly syntax: 'hcl' | 'json';
  /** Its blocks are merged into those of the other files. */
  readonly isOverride: boolean;
}

const EXTENSION = /\.(tf|tofu)(\.json)?$/;

/**
 * The files that make up a module, in the order in which they are to be read: those with overrides last.
 *
 * @param names of a folder's entries
 * @see https://developer.hashicorp.com/terraform/language/files
 * @see https://opentofu.org/docs/language/files/
 */
export function configFilesAmong(names: readonly string[], product: Product): ConfigFile[] {
  const files = [...names]
    .sort(byBytes)
    // What editors leave behind starts with a dot, or does not end so.
    .filter((name) => EXTENSION.test(name) && !name.startsWith('.'))
    .filter((name) => (product === 'tofu' ? !hasTofuTwin(name, names) : !isTofu(name)))
    .map(configFile);
  return [...files.filter(({ isOverride }) => !isOverride), ...files.filter(({ isOverride }) => isOverride)];
}

function configFile(name: string): ConfigFile {
  const stem = name.replace(EXTENSION, '');
  return {
    name,
    syntax: name.endsWith('.json') ? 'json' : 'hcl',
    isOverride: stem === 'override' || stem.endsWith('_override'),
  };
}

function isTofu(name: string): boolean {
  return EXTENSION.exec(name)?.[1] === 'tofu';
}

/** OpenTofu reads `main.tofu` instead of `main.tf`. */
function hasTofuTwin(name: string, names: readonly string[]): boolean {
  return !isTofu(name) && names.includes(name.replace(EXTENSION, '.tofu$2'));
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
