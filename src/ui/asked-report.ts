import type { ChalkInstance } from 'chalk';

import { expectedText } from '../diagnosis/expected-action.js';
import { count } from '../diagnosis/tally.js';
import { shellLine } from '../shell-words.js';
import type { AskReport } from '../surgery/ask.js';
import type { Change } from '../surgery/difference/structural-difference.js';
import { plainAddress } from '../terraform/address/plain-address.js';
import { DEFAULT_WIDTH, wrap } from './columns.js';
import { printable } from './printable.js';

/** What was asked for, with what its store cannot promise. */
export interface CautiousReport extends AskReport {
  readonly caution?: string | undefined;
}

/** What would be different, what the next plan will do, and what the second person has to run; for people. */
export function renderAsked(report: CautiousReport, colour: ChalkInstance, width = DEFAULT_WIDTH): string {
  const { root, state, serial, changes, expectedPlan, request, refused, caution } = report;
  const lines = [
    `${colour.bold(printable(root))}  ${printable(state)}, serial ${serial} → ${serial + 1}`,
    '',
    ...changes.map((change) => lineOf(change, colour)),
    `  ${count(changes.length, 'change')}, and nothing else`,
    '',
    expectedPlan.length === 0 ? 'The next plan has nothing to do because of it.' : 'The next plan will:',
    ...expectedPlan.map((expected) => `  ${expectedText(expected, plainAddress)}`),
  ];
  if (caution !== undefined) lines.push('', ...wrap(`Note: ${caution}`, width));
  if (request === undefined) return lines.join('\n');
  return [
    ...lines,
    '',
    `Request: ${request.file}`,
    `  digest ${request.digest}`,
    `  valid until ${request.notAfter}`,
    ...(request.shared === undefined ? [] : [`  lies beside the state, too: ${printable(request.shared)}`]),
    request.maker === undefined
      ? '  Nothing proves that you have made it: set ssh_key in [tfrepair.approval].'
      : `  signed by you (${request.maker})`,
    `Not executed: ${refused ?? ''}.`,
    `A second person runs: ${shellLine(request.review)}`,
  ].join('\n');
}

function lineOf(change: Change, colour: ChalkInstance): string {
  const deposed = 'deposed' in change ? ` (deposed ${change.deposed})` : '';
  switch (change.kind) {
    case 'removed':
      return `  ${colour.red('-')} ${plainAddress(change.address)}${deposed}`;
    case 'added':
      return `  ${colour.green('+')} ${plainAddress(change.address)}${deposed}`;
    case 'moved':
      return `  ${colour.yellow('→')} ${plainAddress(change.from)} → ${plainAddress(change.to)}${deposed}${what(change.what)}`;
    case 'changed':
      return `  ${colour.yellow('~')} ${plainAddress(change.address)}${deposed}${what(change.what)}`;
    case 'document':
      return `  ${colour.yellow('~')} ${printable(change.what)} of the document`;
  }
}

function what(members: readonly string[]): string {
  return members.length === 0 ? '' : ` (${members.map(printable).join(', ')})`;
}
