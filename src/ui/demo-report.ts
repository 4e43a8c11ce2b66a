import type { ChalkInstance } from 'chalk';

import type { Demo } from '../sandbox/demo/run-demo.js';
import { wrap } from './columns.js';

/** What the demo has shown, and how to go on. */
export function renderDemo(
  { proved, seconds }: Demo,
  { colour, width }: { readonly colour: ChalkInstance; readonly width: number },
): string {
  return [
    '',
    colour.bold(`What was shown, in ${seconds} seconds`),
    ...proved.flatMap((text) => item(text, width)),
    '',
    'Play it yourself: add --interactive. Nothing is left on this machine.',
  ].join('\n');
}

function item(text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width - 5);
  return [`   - ${first}`, ...rest.map((line) => `     ${line}`)];
}
