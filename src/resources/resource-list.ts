import type { ResourceStatus } from '../diagnosis/diagnosis.js';
import { gatherFacts, typeOf } from '../diagnosis/facts.js';
import { statusesOf } from '../diagnosis/resource-status.js';
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
 * @param state the stored one; undefined: not known
 */
export function listResources(plan: Plan, state: State | undefined): ListedResource[] {
  const evidence = { state, plan, config: undefined, terraformVersion: undefined, failures: [], now: 0 };
  const facts = gatherFacts(evidence);
  const statusOf = statusesOf(facts);
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

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
