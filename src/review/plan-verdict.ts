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
  const changes = plan.changes.filter(({ action }) => action !== 'noop');
  const isOwn = ({ address, previousAddress }: ResourceChange): boolean =>
    own.has(address) || (previousAddress !== undefined && own.has(previousAddress));
  const planned = changes.filter(isOwn);
  const kind = isAsExpected(expected, planned) ? 'as-expected' : 'differs';
  const besides = changes.filter((change) => !isOwn(change)).map(shortly);
  return { kind, expected, planned: planned.map(shortly), besides };
}

function isAsExpected(expected: readonly ExpectedAction[], planned: readonly ResourceChange[]): boolean {
  const isPlanned = (wanted: ExpectedAction): boolean => planned.some((change) => fits(change, wanted));
  return (
    planned.every((change) => expected.some((wanted) => fits(change, wanted))) &&
    expected.every((wanted) => isPlanned(wanted) || mayBeNothing(wanted))
  );
}

/** What terraform moves by itself, from or to the instance 0, it plans under the new address. */
function fits({ address, previousAddress, action }: ResourceChange, wanted: ExpectedAction): boolean {
  return action === wanted.action && (address === wanted.address || previousAddress === wanted.address);
}

/** Data is often read without being planned. */
function mayBeNothing({ action, orNothing }: ExpectedAction): boolean {
  return orNothing === true || action === 'read' || action === 'noop';
}

function shortly({ address, action }: ResourceChange): ExpectedAction {
  return { address, action };
}

function reasonOf({ diagnostics }: Plan): string {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  return first === undefined ? 'terraform did not say why' : first.summary;
}
