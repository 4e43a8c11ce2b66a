import { ExitCode } from '../../errors.js';
import type { FoundThing, RepairReport } from '../../repair/report.js';
import type { Outcome } from '../../repair/stage.js';
import { shellLine } from '../../shell-words.js';
import { wrap } from '../columns.js';
import { printable } from '../printable.js';

/** 4: somebody has not agreed, the user or the second person. */
export const EXIT_CODES: Readonly<Record<Outcome, ExitCode>> = {
  'nothing-wrong': ExitCode.ok,
  'not-diagnosed': ExitCode.failed,
  stopped: ExitCode.refused,
  elsewhere: ExitCode.ok,
  'handed-over': ExitCode.refused,
  repaired: ExitCode.ok,
};

/** What came of a session, in a few lines. @param width in characters; commands are longer when they must be */
export function renderRepair({ outcome, finding, request, done, left }: RepairReport, width: number): string {
  const isAbout = finding !== undefined && (outcome === 'repaired' || outcome === 'handed-over');
  const about = isAbout ? `${nameOf(finding)}: ` : '';
  const earlier = done.length === 0 || outcome === 'repaired' ? [] : [`${done.length} carried out before.`];
  const others = left.length === 0 ? [] : [`Left: ${left.map(nameOf).join(', ')}.`];
  return [...earlier, about + text(outcome, request), ...others]
    .flatMap((paragraph) => wrap(printable(paragraph), width))
    .concat(outcome === 'handed-over' && request !== undefined ? waysOn(request) : [])
    .join('\n');
}

/** Commands to be pasted stand alone in their lines. */
function waysOn({ id, review }: NonNullable<RepairReport['request']>): string[] {
  const resume = shellLine(['tfrepair', 'repair', '--resume', id]);
  return ['A second person runs:', `  ${printable(review)}`, 'Then go on with:', `  ${resume}`];
}

function text(outcome: Outcome, request: RepairReport['request']): string {
  switch (outcome) {
    case 'nothing-wrong':
      return 'Nothing is wrong, and nothing was done.';
    case 'not-diagnosed':
      return 'Nothing could be found out, and nothing was done.';
    case 'stopped':
      return 'Nothing was asked for, and nothing was written.';
    case 'elsewhere':
      return 'Nothing is to be done with the state; what to do is shown above.';
    case 'handed-over':
      return `request ${request?.id ?? ''} waits for its approval; nothing was written.`;
    case 'repaired':
      return `request ${request?.id ?? ''} is carried out.`;
  }
}

function nameOf({ code, address }: FoundThing): string {
  return address === undefined ? code : `${code} ${address}`;
}
