import { RefusedError, UsageError } from '../../errors.js';
import { formatKey, type ResourceAddress } from '../../terraform/address/address.js';
import type { Target } from '../../terraform/address/parse.js';
import type { Dependents } from './dependents.js';
import type { Draft, DraftResource } from './draft.js';
import { moveModule } from './move-module.js';
import { addressNotFound } from './not-found.js';
import type { Move } from './operation.js';
import { formatTarget, readTarget } from './targets.js';

/**
 * Moves a module, a resource or an instance as `terraform state mv` does: what depends on it loses all its dependencies,
 * which the next plan finds again; an instance takes its deposed objects with it.
 *
 * @throws UsageError `AddressInvalid`, `AddressNotFound`, `MoveImpossible`
 * @throws RefusedError `TargetExists`
 */
export function move(draft: Draft, dependents: Dependents, { from, to }: Move): void {
  const source = readTarget(from);
  const target = readTarget(to);
  if (source.kind === 'module') moveModule(draft, dependents, source.module, target);
  else moveResource(draft, dependents, source, target);
}

function moveResource(
  draft: Draft,
  dependents: Dependents,
  source: Target & { kind: 'resource' },
  target: Target,
): void {
  const resource = draft.find(source.address);
  if (resource?.instances.has(formatKey(source.address.key)) === true) {
    moveInstance(draft, resource, source.address, addressOf(source, target));
  } else if (resource !== undefined && source.address.key === undefined) {
    moveWhole(draft, resource, source.address, addressOf(source, target));
  } else throw addressNotFound(draft.document, source);
  for (const object of dependents.ofResource(source.address)) draft.withoutDependencies.add(object);
}

function addressOf(source: Target & { kind: 'resource' }, target: Target): ResourceAddress {
  if (target.kind === 'module') {
    throw impossible(source.address, target, 'a resource cannot become a module', `name a resource in it`);
  }
  const { mode, type } = source.address;
  if (target.address.mode !== mode) {
    throw impossible(source.address, target, 'a resource and a data source are different things');
  }
  if (target.address.type !== type) throw impossible(source.address, target, 'their types differ');
  return target.address;
}

function moveInstance(
  draft: Draft,
  resource: DraftResource,
  from: ResourceAddress,
  to: ResourceAddress,
): void {
  if (draft.find(to)?.instances.has(formatKey(to.key)) === true) throw targetExists(to);
  const provider = resource.provider;
  const instance = draft.removeInstance(resource, from.key);
  if (instance === undefined) return;
  const { module, mode, type, name } = to;
  // Where the target is new, the instance brings its provider along; else it comes under that of the target.
  const target = draft.find(to) ?? draft.newResource(resource.row, { module, mode, type, name }, provider);
  draft.addInstance(target, { key: to.key, objects: instance.objects });
}

function moveWhole(draft: Draft, resource: DraftResource, from: ResourceAddress, to: ResourceAddress): void {
  if (to.key !== undefined) {
    const target: Target = { kind: 'resource', address: to };
    throw impossible(
      from,
      target,
      'all instances of a resource cannot become one',
      'name one instance of it',
    );
  }
  if (draft.find(to) !== undefined) throw targetExists(to);
  const { module, mode, type, name } = to;
  draft.moveResource(resource, { module, mode, type, name });
}

function impossible(from: ResourceAddress, to: Target, why: string, hint?: string): UsageError {
  const source = formatTarget({ kind: 'resource', address: from });
  return new UsageError('MoveImpossible', `${source} cannot be moved to ${formatTarget(to)}: ${why}`, {
    hint: hint ?? 'name a target of the same kind and type',
  });
}

function targetExists(to: ResourceAddress): RefusedError {
  const address = formatTarget({ kind: 'resource', address: to });
  return new RefusedError('TargetExists', `there is something at ${address} already`, {
    hint: 'name another target, or move or remove what is there first',
  });
}
