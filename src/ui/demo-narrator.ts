import type { ChalkInstance } from 'chalk';

import type { DemoStep, Narrator } from '../sandbox/demo/narrator.js';
import { wrap } from './columns.js';
import { printable } from './printable.js';

const INDENT = '   ';

/** Tells the demo as a story, while it happens. */
export function createNarrator(
  { colour, width }: { readonly colour: ChalkInstance; readonly width: number },
  print: (text: string) => void,
): Narrator {
  let chapter = 0;
  return {
    chapter: (title, text) => {
      chapter += 1;
      const lines = wrap(text, width - INDENT.length).map((line) => INDENT + line);
      print(`\n${colour.bold(`${chapter}. ${title}`)}\n${lines.join('\n')}`);
    },
    running: (who, command) => {
      print(`\n${INDENT}${colour.cyan(who)} $ ${printable(command)}`);
    },
    ran: (step) => {
      print(outputLines(step, colour).join('\n'));
    },
  };
}

/** What a command said, behind a line at its left, so that it cannot be taken for the story. */
function outputLines({ output, exitCode, seconds }: DemoStep, colour: ChalkInstance): string[] {
  const bar = colour.dim('|');
  const lines = output
    .trimEnd()
    .split('\n')
    .map((line) => `${INDENT}${bar} ${printable(line)}`.trimEnd());
  return [...lines, `${INDENT}${colour.dim(`(exit ${exitCode}, ${seconds} s)`)}`];
}
