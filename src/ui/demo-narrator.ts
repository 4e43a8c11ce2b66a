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
    colour: colour.level > 0,
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

/** An escape sequence that sets a colour or a weight (ECMA-48, SGR), and nothing else. */
const COLOUR = new RegExp(String.raw`(\u001B\[[\d;]*m)`, 'u');

/** Text that is safe for a terminal, with its colours. */
function coloured(line: string): string {
  return line
    .split(COLOUR)
    .map((part, i) => (i % 2 === 1 ? part : printable(part)))
    .join('');
}

/** What a command said, behind a line at its left, so that it cannot be taken for the story. */
function outputLines({ output, exitCode, seconds }: DemoStep, colour: ChalkInstance): string[] {
  const bar = colour.dim('|');
  const lines = output
    .trimEnd()
    .split('\n')
    .map((line) => `${INDENT}${bar} ${coloured(line)}`.trimEnd());
  return [...lines, `${INDENT}${colour.dim(`(exit ${exitCode}, ${seconds} s)`)}`];
}
