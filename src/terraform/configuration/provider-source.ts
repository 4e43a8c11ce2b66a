import type { JsonObject } from '../../json.js';
import type { Product } from '../executable.js';
import { literalText } from './literal.js';
import type { ModuleConfig } from './module-config.js';

const REGISTRIES: Readonly<Record<Product, string>> = {
  terraform: 'registry.terraform.io',
  tofu: 'registry.opentofu.org',
};

/** The provider that is part of the program. */
const BUILT_IN = 'terraform.io/builtin/terraform';

/**
 * Source addresses, in full, of the providers of a module by local name: those that it requires, and those that its
 * resources imply.
 *
 * @see https://developer.hashicorp.com/terraform/language/providers/requirements
 */
export function providersOf(config: ModuleConfig, product: Product): Map<string, string> {
  const sources = new Map<string, string>();
  for (const [name, source] of config.requiredProviders) sources.set(name, fullSource(name, source, product));
  for (const [address, body] of config.resources) {
    const name = localName(address, body);
    if (!sources.has(name)) sources.set(name, fullSource(name, undefined, product));
  }
  return sources;
}

function fullSource(name: string, source: string | undefined, product: Product): string {
  if (source === undefined && name === 'terraform') return BUILT_IN;
  const parts = (source ?? name).toLowerCase().split('/');
  const defaults = [REGISTRIES[product], 'hashicorp'];
  return [...defaults.slice(0, Math.max(0, 3 - parts.length)), ...parts].join('/');
}

/** Of `provider = aws.east` the name `aws`; else what the resource's type begins with. */
function localName(address: string, body: JsonObject): string {
  const given = body['provider'];
  const named = literalText(given) ?? (typeof given === 'string' ? given.slice(2, -1) : undefined);
  const [type = ''] = address.replace(/^data\./, '').split('.');
  return (named?.split('.')[0] ?? type.split('_')[0] ?? type).trim();
}
