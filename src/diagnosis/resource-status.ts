import type { Plan } from '../terraform/plan/plan.js';
import type { ResourceStatus } from './diagnosis.js';
import type { Facts } from './facts.js';

/**
 * What became of each resource instance when it was read:
 *
 * - `failed`: its reading was begun and not completed, or there is an error about it
 * - `missing`: it is in the state and does not exist any more
 * - `drifted`: it was changed outside
 * - `not read`: it is in the state and was not read
 */
export function statusesOf(facts: Facts): (address: string) => ResourceStatus {
  const { plan } = facts.evidence;
  const errors = new Set(facts.errors.flatMap(({ addresses }) => addresses));
  const drifted = new Set([...facts.drift.keys(), ...saidToDrift(plan)]);
  return (address) => {
    const refresh = facts.refreshes.get(address);
    const isUnfinished = refresh !== undefined && refresh.durationMs === undefined;
    if (errors.has(address) || isUnfinished) return 'failed';
    if (facts.deleted.has(address)) return 'missing';
    if (drifted.has(address)) return 'drifted';
    return refresh === undefined ? 'not read' : 'refreshed';
  };
}

/** What a plan says has drifted is mostly noise; with both states at hand, the facts tell real drift from it. */
function saidToDrift(plan: Plan | undefined): string[] {
  if (plan === undefined || plan.states !== undefined) return [];
  return plan.drift.map(({ address }) => address);
}
