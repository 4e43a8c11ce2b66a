import { RefusedError, UsageError } from '../../errors.js';
import type { InstanceKey } from '../../terraform/address/address.js';
import type { Draft, DraftResource } from './draft.js';
import { addressNotFound } from './not-found.js';
import type { RemoveOperation } from './operation.js';
import { formatTarget, includesModule, readTarget } from './targets.js';

interface Found {
  readonly resource: DraftResource;
  readonly key: InstanceKey;
}

/**
 * Removes instances. All addresses are looked up before anything is removed; what depends on the removed keeps saying so.
 *
 * @throws UsageError `AddressInvalid`, `AddressNotFound`
 * @throws RefusedError `RemovesModule`, `RemovesEverything`
 */
export function remove(draft: Draft, operation: RemoveOperation): void {
  if (operation.addresses.length === 0) {
    throw new UsageError('AddressMissing', 'nothing to remove is named', { hint: 'name a resource' });
  }
  const found = operation.addresses.flatMap((address) =>
    find(draft, address, operation.wholeModules === true),
  );
  for (const { resource, key } of found) draft.removeInstance(resource, key);
  if (!draft.isEmpty || operation.everything === true) return;
  throw new RefusedError('RemovesEverything', 'nothing would be left in the state', {
    hint: 'add --everything, if that is what you want',
  });
}

function find(draft: Draft, text: string, mayBeModule: boolean): Found[] {
  const target = readTarget(text);
  const found = target.kind === 'module' ? inModule(draft, target.module) : atAddress(draft, target.address);
  if (found.length === 0) throw addressNotFound(draft.document, target);
  if (target.kind === 'resource' || mayBeModule) return found;
  const count = found.length === 1 ? 'one instance' : `${found.length} instances`;
  throw new RefusedError('RemovesModule', `${formatTarget(target)} is a whole module, with ${count}`, {
    hint: 'add --whole-modules, or name its resources',
  });
}

function inModule(draft: Draft, module: Parameters<typeof includesModule>[0]): Found[] {
  return draft.resourcesIn((path) => includesModule(module, path)).flatMap(instancesOf);
}

/** An address without a key stands for all instances, whatever their keys. */
function atAddress(draft: Draft, address: Parameters<Draft['find']>[0] & { key: InstanceKey }): Found[] {
  const resource = draft.find(address);
  if (resource === undefined) return [];
  return instancesOf(resource).filter(({ key }) => address.key === undefined || key === address.key);
}

function instancesOf(resource: DraftResource): Found[] {
  return [...resource.instances.values()].map(({ key }) => ({ resource, key }));
}
