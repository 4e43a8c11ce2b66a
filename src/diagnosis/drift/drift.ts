import type { Json } from '../../json.js';
import type { PlanStates } from '../../terraform/plan/plan.js';
import type { StateInstance } from '../../terraform/state/state.js';
import { isSensitive } from '../masking/secret-values.js';
import { withoutAttached, type Without } from './attached-policies.js';
import { changesBetween, type AttributeChange } from './attribute-changes.js';
import { isIdentity, isPassing } from './attribute-names.js';
import { meaningOf } from './canonical.js';
import { isEqual } from './equal.js';
import { own } from '../own.js';

/** What refreshing found of one managed instance that the state has otherwise. */
export interface InstanceDrift {
  readonly address: string;
  /** As it is stored. */
  readonly before: StateInstance;
  /** As it was found; undefined: it is not there any more. */
  readonly after: StateInstance | undefined;
  /** Changes that mean something, without those of `identity`. */
  readonly changes: readonly AttributeChange[];
  /** Changes of what AWS gives an object only once: it is another object. */
  readonly identity: readonly AttributeChange[];
}

/**
 * The drift of all current managed instances, attribute by attribute and free of what only looks different. Takes time
 * in proportion to the states.
 */
export function driftBetween({ prior, refreshed }: PlanStates): InstanceDrift[] {
  const found = new Map<string, StateInstance>();
  for (const instance of refreshed.instances) if (isCurrent(instance)) found.set(instance.address, instance);
  const ownPart = withoutAttached(prior, refreshed);
  const drift: InstanceDrift[] = [];
  for (const before of prior.instances) {
    if (!isCurrent(before)) continue;
    const after = found.get(before.address);
    // States share what is written alike, which is nearly all.
    if (after === before) continue;
    const one =
      after === undefined
        ? { address: before.address, before, after, changes: [], identity: [] }
        : instanceDrift(before, after, ownPart);
    if (one !== undefined) drift.push(one);
  }
  return drift;
}

function isCurrent({ mode, deposed }: StateInstance): boolean {
  return mode === 'managed' && deposed === undefined;
}

function instanceDrift(
  before: StateInstance,
  after: StateInstance,
  ownPart: Without,
): InstanceDrift | undefined {
  const changes: AttributeChange[] = [];
  const identity: AttributeChange[] = [];
  for (const name of differing(before.attributes, after.attributes)) {
    if (isPassing(before.type, name)) continue;
    const secret = isSensitive(before, name) || isSensitive(after, name);
    const [old, now] = [before, after].map((one) => ownPart(one, name, own(one.attributes, name)));
    const found = changesBetween(name, old, now, secret);
    if (isIdentity(name) && isKnown(name, before) && isKnown(name, after)) identity.push(...found);
    else if (name !== 'tags_all' || !tagsDiffer(before, after)) changes.push(...found);
  }
  if (changes.length === 0 && identity.length === 0) return undefined;
  return { address: before.address, before, after, changes, identity };
}

/** Names of the attributes that are not equal to the letter. */
function differing(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): string[] {
  const names = Object.keys(before).filter((name) => !isEqual(before[name], own(after, name)));
  return [...names, ...Object.keys(after).filter((name) => !Object.hasOwn(before, name))];
}

function isKnown(name: string, { attributes }: StateInstance): boolean {
  return meaningOf(name, own(attributes, name)) !== undefined;
}

/** Then `tags_all` says nothing that `tags` does not. */
function tagsDiffer(before: StateInstance, after: StateInstance): boolean {
  return meaningOf('tags', before.attributes['tags']) !== meaningOf('tags', after.attributes['tags']);
}
