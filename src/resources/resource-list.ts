import type { ResourceStatus } from '../diagnosis/diagnosis.js';
import { gatherFacts, typeOf, type Facts } from '../diagnosis/facts.js';
import type { Plan, Refresh } from '../terraform/plan/plan.js';
import type { State } from '../terraform/state/state.js';

/** One resource instance and what became of it when it was read. */
export interface ListedResource {
  readonly address: string;
  readonly type: string;
  readonly id?: string;
  readonly status: ResourceStatus;
}

/** In the order in which people look for them. */
const ORDER: readonly ResourceStatus[] = ['failed', 'missing', 'drifted', 'not read', 'refreshed'];

/**
 * The resource instances that a plan read or tried to read, and those of the state that it did not come to; those that are
 * not well first, then by address. Also of a plan that failed half-way.
 *
 * - `failed`: its reading was begun and not completed, or there is an error about it
 * - `missing`: it is in the state and does not exist any more
 * - `drifted`: it was changed outside
 * - `not read`: it is in the state and was not read
 *
 * @param state the stored one; undefined: not known
 */
export function listResources(plan: Plan, state: State | undefined): ListedResource[] {
  const evidence = { state, plan, config: undefined, terraformVersion: undefined, failures: [], now: 0 };
  const facts = gatherFacts(evidence);
  const statusOf = statuses(plan, facts);
  const listed = new Map<string, ListedResource>();
  // A deposed object has the address of the current one, which comes first in the state.
  const add = ({ address, type, id }: Pick<Refresh, 'address' | 'type' | 'id'>): void => {
    if (listed.has(address)) return;
    listed.set(address, { address, type, ...(id === undefined ? {} : { id }), status: statusOf(address) });
  };
  for (const { mode, ...instance } of facts.state?.instances ?? []) if (mode === 'managed') add(instance);
  plan.refreshes.forEach(add);
  // A log from which the beginning is missing still tells what was changed outside.
  for (const { address, type } of plan.drift) add({ address, type, id: undefined });
  // Some fail before their reading is begun.
  for (const address of facts.errors.flatMap(({ addresses }) => addresses)) {
    add({ address, type: typeOf(address), id: undefined });
  }
  return [...listed.values()].sort(
    (a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || compare(a.address, b.address),
  );
}

function statuses(plan: Plan, facts: Facts): (address: string) => ResourceStatus {
  const read = new Map(plan.refreshes.map((refresh) => [refresh.address, refresh]));
  const errors = new Set(facts.errors.flatMap(({ addresses }) => addresses));
  // What a plan says has drifted is mostly noise; with both states at hand, the facts tell real drift from it.
  const said = plan.states === undefined ? plan.drift.map(({ address }) => address) : [];
  const drifted = new Set([...facts.drift.keys(), ...said]);
  return (address) => {
    const refresh = read.get(address);
    const isUnfinished = refresh !== undefined && refresh.durationMs === undefined;
    if (errors.has(address) || isUnfinished) return 'failed';
    if (facts.deleted.has(address)) return 'missing';
    if (drifted.has(address)) return 'drifted';
    return refresh === undefined ? 'not read' : 'refreshed';
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
