// Draws docs/pictures/demo.svg from what the commands of a real demo said: npm run picture
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { DemoStep } from '../../src/sandbox/demo/narrator.js';
import { runDemo } from '../../src/sandbox/demo/run-demo.js';
import { createWorld } from '../../src/world.js';
import { terminalSvg } from './terminal-svg.js';

const COLUMNS = 80;

/** The commands that are drawn, by who types them. */
const DRAWN = [
  ['robin', 'tfrepair diagnose'],
  ['sasha', 'tfrepair review'],
] as const;

const root = fileURLToPath(new URL('../..', import.meta.url));
const silent = (): void => undefined;
const narrator = { colour: true, chapter: silent, running: silent, ran: silent };
const { steps, seconds } = await runDemo(root, narrator, createWorld(process));
const scenes = DRAWN.map(([who, command]) => {
  const step = steps.find((played) => played.who === who && played.command.startsWith(command));
  if (step === undefined) throw new Error(`the demo has not run ${command} as ${who}`);
  return sceneOf(step);
});
const file = fileURLToPath(new URL('demo.svg', import.meta.url));
await writeFile(file, terminalSvg('tfrepair: one person diagnoses, another one reviews', scenes, COLUMNS));
process.stdout.write(`${file}, from a demo of ${seconds} s\n`);

function sceneOf({ who, command, output }: DemoStep) {
  return { prompt: `${who} $`, command, output };
}
