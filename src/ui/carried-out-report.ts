import type { ChalkInstance } from 'chalk';

import { expectedText } from '../diagnosis/expected-action.js';
import type { ExpectedAction } from '../diagnosis/finding.js';
import type { CarriedOut } from '../review/carry-out.js';
import type { PlanVerdict } from '../review/plan-verdict.js';
import { printable } from './printable.js';
import { plainAddress } from '../terraform/address/plain-address.js';

/** More changes that have nothing to do with it are counted. */
const MAX_BESIDES = 5;

/** What has become of a request, for people. */
export function renderCarriedOut(done: CarriedOut, colour: ChalkInstance): string {
  const { root, state, serial, digest, approvers, backup, plan, builtUpon } = done;
  return [
    `${colour.green('Done:')} ${colour.bold(printable(root))}  ${printable(state)} has serial ${serial}`,
    ...(builtUpon === undefined
      ? []
      : [`  ${colour.yellow('since')}     somebody has built serial ${builtUpon} on it already`]),
    `  request   ${digest.slice(0, 12)}`,
    ...approvers.map(
      ({ person, proof, principal }) =>
        `  approved  by ${printable(person)} (${printable(proof)}, ${printable(principal)})`,
    ),
    `  backup    ${printable(backup)}`,
    ...planLines(plan, colour),
  ].join('\n');
}

function planLines(plan: PlanVerdict, colour: ChalkInstance): string[] {
  switch (plan.kind) {
    case 'skipped':
      return [`  plan      not made: ${printable(plan.why)}`];
    case 'failed':
      return [`  plan      ${colour.yellow('failed')}: ${printable(plan.why)}`];
    case 'as-expected':
      return [`  plan      as expected: ${actions(plan.planned)}`, ...besides(plan.besides)];
    case 'differs':
      return [
        `  plan      ${colour.yellow('differs')} from what was approved`,
        `            approved: ${actions(plan.expected)}`,
        `            planned:  ${actions(plan.planned)}`,
        ...besides(plan.besides),
      ];
  }
}

function actions(all: readonly ExpectedAction[]): string {
  if (all.length === 0) return 'nothing to do';
  return all.map((expected) => expectedText(expected, plainAddress)).join(', ');
}

function besides(others: readonly ExpectedAction[]): string[] {
  if (others.length === 0) return [];
  const shown = actions(others.slice(0, MAX_BESIDES));
  const more = others.length - MAX_BESIDES;
  return [`            and, not because of it: ${shown}${more > 0 ? ` and ${more} more` : ''}`];
}
