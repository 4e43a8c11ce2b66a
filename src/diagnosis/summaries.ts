import { countActions } from '../terraform/plan/count-actions.js';
import type { State } from '../terraform/state/state.js';
import type { PlannedRoot } from './diagnose.js';
import type { PlanSummary, StateSummary } from './diagnosis.js';

export function stateSummary({ terraformVersion, serial, lineage, instances }: State): StateSummary {
  return { terraformVersion, serial, lineage, instances: instances.length };
}

export function planSummary({ plan, durationMs }: PlannedRoot): PlanSummary {
  const actions = countActions(plan.changes);
  const refreshed = plan.refreshes.filter((refresh) => refresh.durationMs !== undefined).length;
  return { outcome: plan.outcome, actions, refreshed, ...(durationMs === undefined ? {} : { durationMs }) };
}
