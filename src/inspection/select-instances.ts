import { formatAddress, formatModule } from '../terraform/address/address.js';
import { parseTarget } from '../terraform/address/parse.js';
import { withoutKeys } from '../terraform/address/without-keys.js';
import type { StateInstance } from '../terraform/state/state.js';
import { UsageError } from '../errors.js';
import { nearest } from '../nearest.js';

/**
 * The objects at the addresses that a user names: of an instance, of all instances of a resource, or of all resources in
 * a module. No address means everything.
 *
 * @throws UsageError `AddressInvalid`; `AddressNotFound` with the nearest ones
 */
export function selectInstances(
  instances: readonly StateInstance[],
  addresses: readonly string[],
): StateInstance[] {
  if (addresses.length === 0) return [...instances];
  const selected = new Set<StateInstance>();
  for (const address of addresses) {
    const isNamed = matcher(address);
    const found = instances.filter(isNamed);
    if (found.length === 0) throw notFound(address, instances);
    for (const instance of found) selected.add(instance);
  }
  return instances.filter((instance) => selected.has(instance));
}

function matcher(text: string): (instance: StateInstance) => boolean {
  const target = parseTarget(text);
  if (target.kind === 'module') {
    const module = formatModule(target.module);
    const isBelow = (path: string): boolean =>
      path === module || path.startsWith(`${module}.`) || path.startsWith(`${module}[`);
    return (instance) => isBelow(instance.module);
  }
  const address = formatAddress(target.address);
  if (target.address.key !== undefined) return (instance) => instance.address === address;
  return (instance) => instance.address === address || withoutOwnKey(instance) === address;
}

/** The resource of an instance, with the keys of its modules. */
function withoutOwnKey({ address, module }: StateInstance): string {
  return module === '' ? withoutKeys(address) : module + withoutKeys(address.slice(module.length));
}

function notFound(address: string, instances: readonly StateInstance[]): UsageError {
  const similar = nearest(address, new Set(instances.map((instance) => instance.address)));
  const hint =
    similar.length === 0 ? 'tfrepair state list shows all' : `did you mean ${similar.join(' or ')}?`;
  return new UsageError('AddressNotFound', `the state has no ${address}`, { hint });
}
