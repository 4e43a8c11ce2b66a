import { formatAddress } from './address.js';
import { parseAddress } from './parse.js';

/**
 * Terraform itself takes an instance without a key for instance 0 and the other way round, when `count` says so and the place
 * is free. It does not do that with modules.
 *
 * @returns the other of the two; undefined: no other is ever taken for it
 * @throws UsageError `AddressInvalid`
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/refactoring#enabling-count-or-for_each-for-a-resource
 */
export function counterpart(address: string): string | undefined {
  const { key, mode, ...resource } = parseAddress(address);
  if (mode === 'data' || (key !== undefined && key !== 0)) return undefined;
  return formatAddress({ ...resource, mode, key: key === undefined ? 0 : undefined });
}
