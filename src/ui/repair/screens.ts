import { expectedText } from '../../diagnosis/expected-action.js';
import { terraformLine } from '../../diagnosis/repair-command.js';
import type { Screens } from '../../repair/dialogue.js';
import type { Pending } from '../../repair/work.js';
import { renderCarriedOut } from '../carried-out-report.js';
import { renderAsked } from '../asked-report.js';
import { wrap } from '../columns.js';
import { renderDiagnosisHead } from '../diagnosis-report.js';
import { FULL, findingBlock } from '../finding-block.js';
import { printable } from '../printable.js';
import { framed, type ScreenStyle } from './frame.js';
import { stepText } from '../step-text.js';

/** What a repair session shows, as text. @param write puts lines where people read */
export function repairScreens(write: (lines: readonly string[]) => void, style: ScreenStyle): Screens {
  const { colour, width } = style;
  const say = (text: string): void => {
    write(wrap(printable(text), width));
  };
  return {
    diagnosed: (root) => {
      const nothing = root.findings.length === 0 && root.failure === undefined;
      write([renderDiagnosisHead(root, style), ...(nothing ? ['', 'Nothing is wrong.'] : []), '']);
    },
    finding: (finding, root) => {
      const { leaveStateAlone } = finding;
      const advice =
        leaveStateAlone === undefined
          ? []
          : [...framed([`ADVICE: leave the state alone. ${leaveStateAlone}`], style), ''];
      const rest = { ...finding, leaveStateAlone: undefined };
      write(['', ...advice, ...findingBlock(rest, root, { ...style, detail: FULL }), '']);
    },
    elsewhere: (repair) => {
      const line = terraformLine(repair);
      say(`This is not done with the state: ${repair.title}.`);
      write([
        ...(line === undefined ? [] : [`  ${printable(line)}`]),
        ...repair.expectedPlan.map((expected) => `  next plan: ${expectedText(expected, printable)}`),
      ]);
    },
    preview: (preview) => {
      write(['', renderAsked(preview, colour, width), '']);
    },
    handedOver: (pending) => {
      write(['', ...handover(pending, style), '']);
    },
    delivered: (text) => {
      write([text]);
    },
    waiting: ({ request }) => {
      say(`Waiting for an approval beside the state, until ${request.notAfter} at most; Ctrl-C is safe.`);
    },
    approved: (approvers) => {
      say(`Approved by ${approvers.join(', ')}.`);
    },
    step: (step) => {
      say(`- ${stepText(step)}`);
    },
    planning: () => {
      say('- planning what was changed');
    },
    carriedOut: (done) => {
      write(['', renderCarriedOut(done, colour), '']);
    },
    warn: (text) => {
      write(wrap(printable(`Note: ${text}`), width).map((line) => colour.yellow(line)));
    },
  };
}

function handover({ id, file, request, reviewLine }: Pending, { colour, width }: ScreenStyle): string[] {
  return [
    colour.bold(`Request ${id} is written down; the state is as it was.`),
    `  ${printable(file)}`,
    ...wrap(`It is valid until ${request.notAfter}. A second person runs:`, width),
    `  ${colour.green(printable(reviewLine))}`,
  ];
}
