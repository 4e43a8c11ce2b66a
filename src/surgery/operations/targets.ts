import { formatAddress, formatModule, type ModulePath } from '../../terraform/address/address.js';
import { parseTarget, type Target } from '../../terraform/address/parse.js';
import { normalizeKey, normalizePath } from '../document/modules.js';

/** Reads an address that an operation names. @throws UsageError `AddressInvalid` */
export function readTarget(text: string): Target {
  const target = parseTarget(text);
  if (target.kind === 'module') return { kind: 'module', module: normalizePath(target.module) };
  const { address } = target;
  return {
    kind: 'resource',
    address: { ...address, module: normalizePath(address.module), key: normalizeKey(address.key) },
  };
}

/** The address in Terraform's spelling. */
export function formatTarget(target: Target): string {
  return target.kind === 'module' ? formatModule(target.module) : formatAddress(target.address);
}

/**
 * Whether the address of a module stands for a module instance too, as in `terraform state rm`: `module.a` stands for
 * `module.a["x"]` and all that is in it; `module.a.module.b` stands for nothing in `module.a["x"]`.
 */
export function includesModule(wanted: ModulePath, path: ModulePath): boolean {
  return wanted.every((step, index) => {
    const other = path[index];
    if (other?.name !== step.name) return false;
    return other.key === step.key || (index === wanted.length - 1 && step.key === undefined);
  });
}

/** Whether a module instance is this one, or in it. */
export function isWithin(wanted: ModulePath, path: ModulePath): boolean {
  return wanted.every(({ name, key }, index) => path[index]?.name === name && path[index].key === key);
}
