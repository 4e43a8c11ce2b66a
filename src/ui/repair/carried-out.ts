import type { ExpectedAction } from '../../diagnosis/finding.js';
import type { CarriedOut } from '../../review/carry-out.js';
import type { PlanVerdict } from '../../review/plan-verdict.js';
import { wrap } from '../columns.js';
import { printable } from '../printable.js';
import type { ScreenStyle } from './frame.js';

/** What was written, who agreed, and whether the plan is now the one that was foretold. */
export function carriedOutLines(done: CarriedOut, { colour, width }: ScreenStyle): string[] {
  const { serial, backup, approvers, plan } = done;
  const names = approvers.map(({ person, proof }) => `${person} (${proof})`).join(', ');
  return [
    ...wrap(`The state is written, serial ${serial}, and is as approved.`, width).map((line) =>
      colour.green.bold(line),
    ),
    ...wrap(printable(`Approved by ${names}.`), width),
    `Backup: ${printable(backup)}`,
    ...planLines(plan, width),
  ];
}

function planLines(verdict: PlanVerdict, width: number): string[] {
  if (!('planned' in verdict)) return wrap(printable(`The next plan is not known: ${verdict.why}.`), width);
  const { kind, expected, planned } = verdict;
  return kind === 'as-expected'
    ? ['The next plan is as expected:', ...actionLines(planned)]
    : [
        'The next plan is NOT as expected. Expected:',
        ...actionLines(expected),
        'Planned:',
        ...actionLines(planned),
      ];
}

function actionLines(actions: readonly ExpectedAction[]): string[] {
  if (actions.length === 0) return ['  nothing'];
  return actions.map(({ action, address }) => `  ${action} ${printable(address)}`);
}
