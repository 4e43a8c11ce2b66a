import type { FleetDiagnosis, RootDiagnosis } from '../diagnosis/diagnosis.js';
import { actionCounts, count, duration, statusCounts, verdictOf } from '../diagnosis/tally.js';

/** A label and what it says. */
export type Fact = readonly [label: string, text: string];

/** What is known of a root, beside what is wrong with it. */
export function factsOf({ uid, state, plan, resources }: RootDiagnosis): Fact[] {
  const unwell = statusCounts(resources);
  const total = String(state?.instances ?? resources.length);
  const facts: Fact[] = [];
  if (uid !== undefined) facts.push(['AWS account', uid]);
  if (state !== undefined || resources.length > 0) {
    facts.push(['Resources', unwell === '' ? total : `${total}: ${unwell}`]);
  }
  if (state !== undefined)
    facts.push(['State', `serial ${state.serial}, terraform ${state.terraformVersion}`]);
  if (plan !== undefined) {
    const took = plan.durationMs === undefined ? '' : ` in ${duration(plan.durationMs)}`;
    const read = `${plan.refreshed} read${took}`;
    facts.push(['Plan', plan.outcome === 'failed' ? `failed; ${read}` : read]);
    facts.push(['It would', actionCounts(plan.actions)]);
  }
  return facts;
}

/** What the whole report is about, e.g. `ferries-prod` or `12 accounts, shard 2 of 5`. */
export function titleOf({ accounts, shard }: FleetDiagnosis): string {
  const [only, ...others] = accounts;
  if (only !== undefined && others.length === 0) return only.name;
  const what = accounts.some(({ kind }) => kind !== 'account') ? 'root' : 'account';
  const part = shard === undefined ? '' : `, shard ${shard.index} of ${shard.total}`;
  return count(accounts.length, what) + part;
}

/** How the roots of a fleet fare, e.g. `2 with findings, 1 failed, 9 fine`. */
export function fleetVerdict({ accounts }: FleetDiagnosis): string {
  const words = [
    ['findings', 'with findings'],
    ['failed', 'failed'],
    ['fine', 'fine'],
  ] as const;
  return words
    .map(([verdict, word]) => ({
      word,
      number: accounts.filter((root) => verdictOf(root) === verdict).length,
    }))
    .filter(({ number }) => number > 0)
    .map(({ word, number }) => `${number} ${word}`)
    .join(', ');
}
