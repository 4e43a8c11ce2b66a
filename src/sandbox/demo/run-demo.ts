import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import type { World } from '../../world.js';
import { openSandbox } from '../open.js';
import type { Sandbox } from '../sandbox.js';
import { Cast } from './cast.js';
import type { DemoStep, Narrator } from './narrator.js';
import { makeHomes, ACCOUNT } from './set-up.js';
import { playStory } from './story.js';

/** What the demo did and showed. */
export interface Demo {
  readonly account: string;
  readonly steps: readonly DemoStep[];
  /** What has been shown to hold, a sentence each. */
  readonly proved: readonly string[];
  readonly seconds: number;
}

/**
 * Plays the main job from end to end in a sandbox: an account is applied, broken by hand, diagnosed, and repaired by two
 * people. Everything is real but AWS itself, which is a server on this machine.
 *
 * @param root the folder of tfrepair itself
 * @throws FailedError `MotoMissing`, `MotoNotReady`, `TerraformMissing`, `DemoFailed`
 */
export async function runDemo(root: string, narrator: Narrator, world: World): Promise<Demo> {
  const start = performance.now();
  return inSandbox(root, narrator, world, async (cast) => {
    const proved = await playStory(cast);
    const seconds = Math.round((performance.now() - start) / 1000);
    return { account: ACCOUNT, steps: cast.steps, proved, seconds };
  });
}

/** Opens the world of the story for as long as `action` takes. */
export async function inSandbox<T>(
  root: string,
  narrator: Narrator,
  world: World,
  action: (cast: Cast) => Promise<T>,
): Promise<T> {
  narrator.chapter(
    'A world to break',
    'An AWS of its own on this machine, with two accounts, and the app-interface that describes them.',
  );
  const sandbox = await openSandbox({ examples: join(root, 'examples'), world });
  try {
    return await action(await castIn(sandbox, root, narrator, world));
  } finally {
    await sandbox.close();
  }
}

async function castIn(
  sandbox: Sandbox,
  root: string,
  narrator: Narrator,
  { env, signal }: World,
): Promise<Cast> {
  const account = sandbox.accounts.get(ACCOUNT);
  if (account === undefined) throw new Error(`the example has no account ${ACCOUNT}`);
  await makeHomes(sandbox, ['robin', 'sasha', 'loop']);
  const told = TERMINAL.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  const colour = narrator.colour ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const terminal = { ...Object.fromEntries(told), ...colour };
  return new Cast({ sandbox, account, root, path: env['PATH'] ?? '', terminal, signal, narrator });
}

/** What of the environment is passed on to the commands of the story, besides `PATH`. */
const TERMINAL = ['TERM', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];
