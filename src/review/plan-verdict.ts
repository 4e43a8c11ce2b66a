import type { ExpectedAction } from '../diagnosis/finding.js';
import type { Plan, ResourceChange } from '../terraform/plan/plan.js';

/** Whether the plan after a change is the one that was approved with it. */
export type PlanVerdict =
  | {
      readonly kind: 'as-expected' | 'differs';
      /** What was approved. */
      readonly expected: readonly ExpectedAction[];
      /** What the plan does to the addresses that the change was about. */
      readonly planned: readonly ExpectedAction[];
      /** What else it does: not because of the change. */
      readonly besides: readonly ExpectedAction[];
    }
  /** It could not be made. The state is as approved all the same. */
  | { readonly kind: 'failed' | 'skipped'; readonly why: string };

/**
 * Compares the plan after a change with what was foretold for its addresses.
 *
 * @param addresses that the change was about
 */
export function planVerdict(
  plan: Plan,
  expected: readonly ExpectedAction[],
  addresses: readonly string[],
): PlanVerdict {
  if (plan.outcome === 'failed') return { kind: 'failed', why: reasonOf(plan) };
  const own = new Set(addresses);
  const changes = plan.changes.filter(({ action }) => action !== 'noop').map(shortly);
  const planned = changes.filter(({ address }) => own.has(address));
  const besides = changes.filter(({ address }) => !own.has(address));
  return { kind: isAsExpected(expected, planned) ? 'as-expected' : 'differs', expected, planned, besides };
}

function isAsExpected(expected: readonly ExpectedAction[], planned: readonly ExpectedAction[]): boolean {
  const wanted = new Map(expected.map(({ address, action }) => [address, action]));
  const found = new Map(planned.map(({ address, action }) => [address, action]));
  return (
    planned.every(({ address, action }) => wanted.get(address) === action) &&
    expected.every(({ address, action }) => found.get(address) === action || mayBeNothing(action))
  );
}

/** What was imported may be as the configuration wants it; data is often read without being planned. */
function mayBeNothing(action: ExpectedAction['action']): boolean {
  return action === 'update' || action === 'read' || action === 'noop';
}

function shortly({ address, action }: ResourceChange): ExpectedAction {
  return { address, action };
}

function reasonOf({ diagnostics }: Plan): string {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  return first === undefined ? 'terraform did not say why' : first.summary;
}
