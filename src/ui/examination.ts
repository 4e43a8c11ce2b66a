import type { ChalkInstance } from 'chalk';

import type { CheckState } from '../doctor/check.js';
import type { Examination, Examined } from '../doctor/examine.js';
import { layOut, wrap } from './columns.js';
import { printable } from './printable.js';

const ADVICE_INDENT = '         ';

/**
 * The examination for people: a line for each check, and below it, when it is not ok, what to do about it.
 *
 * @param width in characters
 */
export function renderExamination(examination: Examination, colour: ChalkInstance, width: number): string {
  const lines = layOut(examination.checks.map(cells), width);
  const body = examination.checks.flatMap((check, i) => {
    const [first = '', ...rest] = lines[i] ?? [];
    return [
      paint(check.state, colour) + first.slice(check.state.length),
      ...rest,
      ...adviceLines(check, colour, width),
    ];
  });
  const ending = verdict(examination);
  const paragraphs = [body, ending === undefined ? [] : wrap(ending, width)];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function cells({ state, title, purpose, found }: Examined): string[] {
  return [state, title, purpose, printable(found)];
}

function paint(state: CheckState, colour: ChalkInstance): string {
  return { ok: colour.green, missing: colour.yellow, wrong: colour.red.bold }[state](state);
}

function adviceLines({ advice }: Examined, colour: ChalkInstance, width: number): string[] {
  if (advice === undefined) return [];
  return wrap(printable(advice), width - ADVICE_INDENT.length).map(
    (line) => ADVICE_INDENT + colour.dim(line),
  );
}

function verdict({ for: command, ready, checks }: Examination): string | undefined {
  if (command === null) return undefined;
  if (ready) return `Ready for ${printable(command)}: all that it needs is there.`;
  const lacking = checks.filter(({ needed, state }) => needed && state !== 'ok').map(({ title }) => title);
  return `Not ready for ${printable(command)}, which needs: ${lacking.join(', ')}.`;
}
