import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { FailedError } from '../../errors.js';
import { shellLine } from '../../shell-words.js';
import type { Sandbox, SandboxAccount } from '../sandbox.js';
import { IDENTITY_OF, type Actor, type DemoStep, type Narrator } from './narrator.js';

/** Longer than any command of the story takes, on a busy machine too. */
const TIMEOUT_MS = 240_000;

/** Of what a command says. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** What a command of the story ended with. */
export interface Played extends DemoStep {
  readonly stdout: string;
}

/** Where the story is played. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly account: SandboxAccount;
  /** The folder of tfrepair itself. */
  readonly root: string;
  /** The value of `PATH`. */
  readonly path: string;
  /** What the commands are told of the user's terminal. */
  readonly terminal: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly narrator: Narrator;
}

/** The people of the story: each runs real commands as an identity of their own. */
export class Cast {
  readonly steps: DemoStep[] = [];

  constructor(readonly scene: Scene) {}

  /**
   * Runs tfrepair as somebody, and tells it.
   *
   * @param expected the exit code that the story goes on with
   * @throws FailedError `DemoFailed` when it ends with another one
   */
  async plays(who: Actor, args: readonly string[], expected = 0): Promise<Played> {
    this.scene.narrator.running(who, asTyped(args));
    const played = await this.silently(who, args, expected);
    this.scene.narrator.ran(played);
    return played;
  }

  /** Runs tfrepair as somebody, without a word. @throws FailedError `DemoFailed` */
  async silently(who: Actor, args: readonly string[], expected = 0): Promise<Played> {
    const bin = join(this.scene.root, 'bin', 'run.js');
    return this.program(who, process.execPath, [bin, ...args], {
      expected,
      command: asTyped(args),
      cwd: this.scene.sandbox.folder,
    });
  }

  /** Runs a program as somebody. @throws FailedError `DemoFailed` */
  async program(
    who: Actor,
    file: string,
    args: readonly string[],
    how: { readonly expected: number; readonly command: string; readonly cwd: string },
  ): Promise<Played> {
    const { signal } = this.scene;
    const { execa } = await import('execa');
    const start = performance.now();
    const { exitCode, stdout, stderr, all } = await execa(file, args, {
      ...{ cwd: how.cwd, env: this.envOf(who), extendEnv: false, stdin: 'ignore', reject: false, all: true },
      ...{ timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT, cancelSignal: signal, forceKillAfterDelay: 10_000 },
    });
    signal.throwIfAborted();
    const output = all.replaceAll(TOKEN, '$1…');
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    const played = { who, command: how.command, exitCode: exitCode ?? -1, seconds, output, stdout };
    this.steps.push({ who, command: how.command, exitCode: played.exitCode, seconds, output });
    if (exitCode === how.expected) return played;
    throw new FailedError(
      'DemoFailed',
      `${how.command} ended with ${exitCode ?? 'no exit code'}: ${lastOf(stderr)}`,
      {
        hint: 'tfrepair doctor --for demo says whether something is missing',
      },
    );
  }

  /** The environment in which somebody's commands run. */
  readonly envOf = (who: Actor): Record<string, string> => {
    const { sandbox, account, path, terminal } = this.scene;
    return {
      ...terminal,
      PATH: path,
      HOME: join(sandbox.folder, 'home', who),
      ...sandbox.envOf(account, IDENTITY_OF[who]),
    };
  };
}

/** A token is of no use to a reader. */
const TOKEN = /(tfr[ar]1\.\S{50})\S+/g;

/** A command, without what nobody would read. */
function asTyped(args: readonly string[]): string {
  const addresses = args.filter((_, i) => args[i - 1] === '--only').length;
  const rest = args.filter((word, i) => word !== '--only' && args[i - 1] !== '--only');
  return `tfrepair ${shellLine(rest)}${addresses === 0 ? '' : ` --only … (${addresses} addresses)`}`;
}

function lastOf(text: string): string {
  return text.trim().split('\n').slice(-4).join('\n').slice(-600);
}
