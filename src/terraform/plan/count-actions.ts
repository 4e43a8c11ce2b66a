import type { PlanAction, ResourceChange } from './plan.js';

/** How many changes of each kind, in the order of their first one. */
export function countActions(changes: readonly ResourceChange[]): Partial<Record<PlanAction, number>> {
  const counts: Partial<Record<PlanAction, number>> = {};
  for (const { action } of changes) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}
