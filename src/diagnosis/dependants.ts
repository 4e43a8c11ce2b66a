import { withoutKeys } from '../terraform/address/without-keys.js';
import type { StateInstance } from '../terraform/state/state.js';
import { currentAt, type Facts } from './facts.js';

/** Attributes by whose values others refer to an object. */
const REFERRED = ['id', 'arn', 'name', 'key_id', 'user_name', 'url'];

/** Addresses of the objects that are gone: refreshing did not find them, or reading them says so. */
export function goneAddresses(facts: Facts): Set<string> {
  const unfound = [...facts.notFound.keys()].filter((address) => currentAt(facts, address) !== undefined);
  return new Set([...facts.deleted, ...unfound]);
}

/** For every object that refers to one that is gone or was made anew, that one: the reason why it cannot work. */
export function missingDependencies(facts: Facts, gone: ReadonlySet<string>): Map<string, string> {
  const byResource = new Map<string, StateInstance[]>();
  const remade = [...facts.drift.values()].filter(({ identity }) => identity.length > 0);
  for (const address of [...gone, ...remade.map((drift) => drift.address)]) {
    const instance = currentAt(facts, address);
    if (instance === undefined) continue;
    const resource = withoutKeys(address);
    byResource.set(resource, [...(byResource.get(resource) ?? []), instance]);
  }
  const missing = new Map<string, string>();
  if (byResource.size === 0) return missing;
  for (const instance of facts.managed) {
    const lost = instance.dependencies
      .flatMap((resource) => byResource.get(resource) ?? [])
      .find((other) => other.address !== instance.address && refersTo(instance, other));
    if (lost !== undefined) missing.set(instance.address, lost.address);
  }
  return missing;
}

function refersTo(instance: StateInstance, other: StateInstance): boolean {
  const names = new Set(
    REFERRED.map((name) => other.attributes[name]).filter(
      (value) => typeof value === 'string' && value !== '',
    ),
  );
  return Object.entries(instance.attributes).some(([name, value]) =>
    name === 'id' || name === 'arn' || name === 'name'
      ? false
      : Array.isArray(value)
        ? value.some((item) => names.has(item))
        : names.has(value),
  );
}
