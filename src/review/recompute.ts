import { RefusedError } from '../errors.js';
import { expectedText } from '../diagnosis/expected-action.js';
import type { ExpectedAction } from '../diagnosis/finding.js';
import type { Change } from '../surgery/difference/structural-difference.js';
import { newState, type WantedChange } from '../surgery/engine/new-state.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import type { StateStore, StoredState } from '../surgery/store/store.js';
import { sha256Of } from '../surgery/store/stored-state.js';

/** What a request comes to, by our own reading of the state and our own computing. */
export interface Recomputed {
  /** The state as it is now. */
  readonly base: StoredState;
  readonly changes: readonly Change[];
  readonly expectedPlan: readonly ExpectedAction[];
  /** In what the request is not what it claims to be, a line each; empty: it is. */
  readonly differences: readonly string[];
}

/** What a new state is computed with, besides the request. */
export type Means = Pick<WantedChange, 'earlier' | 'terraform' | 'isConfigured'>;

/**
 * Does anew what the maker of a request has done, and compares. Nothing in the request is believed but what is asked for.
 *
 * @throws RefusedError `StateMissing`, and what the operations say to the state as it is now
 */
export async function recompute(
  request: SurgeryRequest,
  store: StateStore,
  means: Means,
): Promise<Recomputed> {
  const { operations, engine, expectedPlan: claimed } = request;
  const base = await store.read();
  if (base === undefined) {
    throw new RefusedError('StateMissing', `there is no state at ${store.label} any more`);
  }
  const stale = baseDifferences(request, base);
  try {
    const { bytes, changes, expectedPlan } = await newState(base, { operations, engine, ...means });
    const other = stale.length > 0 ? [] : postDifferences(request, base, bytes);
    const plan = planDifferences(claimed, expectedPlan);
    return { base, changes, expectedPlan, differences: [...stale, ...other, ...plan] };
  } catch (error) {
    if (stale.length > 0) throw changedSince(stale, error);
    throw error;
  }
}

function baseDifferences({ base }: SurgeryRequest, now: StoredState): string[] {
  if (base.lineage !== now.lineage) return [`the state is another one: its lineage is ${now.lineage}`];
  const isSame = base.sha256 === now.sha256 && base.serial === now.serial;
  if (isSame && base.versionToken === now.versionToken) return [];
  const serial =
    base.serial === now.serial ? `serial ${now.serial}` : `serial ${base.serial} → ${now.serial}`;
  return [
    isSame
      ? `the state was written again with the same content since the request was made (${serial})`
      : `the state has changed since the request was made (${serial})`,
  ];
}

function postDifferences({ post }: SurgeryRequest, base: StoredState, bytes: Buffer): string[] {
  const sha256 = sha256Of(bytes);
  if (post.sha256 === sha256 && post.serial === base.serial + 1) return [];
  return [
    `the operations make another state than the request says: ${sha256.slice(0, 12)}…, not ${post.sha256.slice(0, 12)}…`,
  ];
}

function planDifferences(claimed: readonly ExpectedAction[], own: readonly ExpectedAction[]): string[] {
  const lines = (actions: readonly ExpectedAction[]): Set<string> =>
    new Set(actions.map((expected) => expectedText(expected, (address) => address)));
  const [theirs, ours] = [lines(claimed), lines(own)];
  return [
    ...[...ours]
      .filter((line) => !theirs.has(line))
      .map((line) => `the next plan will ${line}, which the request does not say`),
    ...[...theirs]
      .filter((line) => !ours.has(line))
      .map((line) => `the request says that the next plan will ${line}, which it will not`),
  ];
}

function changedSince(stale: readonly string[], cause: unknown): RefusedError {
  return new RefusedError(
    'RequestDiffers',
    `${stale.join('; ')}, and the operations do not fit it any more`,
    {
      hint: 'let its maker prepare it again',
      cause,
    },
  );
}
