import { Command, Errors, Flags, type Interfaces } from '@oclif/core';
import type { ChalkInstance } from 'chalk';

import { loadConfig } from '../config/load.js';
import type { Config } from '../config/config.js';
import { createWorld, type World } from '../world.js';
import { commonFlagsIn } from './common-flags.js';
import { DEFAULT_WIDTH } from './columns.js';
import { successEnvelope } from './envelope.js';
import { Interruption } from './interruption.js';
import { createPalette } from './palette.js';
import { isInteractive, openPrompts, type Prompts } from './prompts.js';
import { reportFailure } from './report-failure.js';

/** The parsed flags of a command class, with those that every command has. */
export type FlagsOf<T extends typeof Command> = Interfaces.InferredFlags<
  (typeof BaseCommand)['baseFlags'] & T['flags']
>;

/**
 * What every command has: the common flags, the configuration, colours, interruption, and one way to end.
 *
 * A command's `run` parses flags, makes one call into `src/`, prints the human form with `print` and returns the
 * result, which becomes the JSON document with `--json`.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;

  static override baseFlags = {
    config: Flags.string({
      summary: "qontract-reconcile's TOML file; ours is its [tfrepair] part",
      helpGroup: 'GLOBAL',
      helpValue: 'FILE',
      env: 'QONTRACT_CONFIG',
    }),
    verbose: Flags.boolean({ summary: 'say more, and show the causes of an error', helpGroup: 'GLOBAL' }),
    'no-color': Flags.boolean({ summary: 'no colours (also: NO_COLOR=1)', helpGroup: 'GLOBAL' }),
  };

  readonly #interruption = new Interruption(process);

  /** The clock, the environment, the interruption and the like, for the code in `src/`. */
  protected readonly world: World = createWorld(process, this.#interruption.signal);

  /** Whether `--json` was given, before any `--`. */
  override jsonEnabled(): boolean {
    return commonFlagsIn(this.argv).json;
  }

  /** Reads the configuration file that the flags name. @throws FailedError when it cannot be used */
  protected async loadConfig(flags: { config?: string | undefined }): Promise<Config> {
    return loadConfig(flags.config, this.world.env);
  }

  /** Colours for stdout. */
  protected get colour(): ChalkInstance {
    return this.paletteOf(process.stdout);
  }

  /** Colours for stderr. */
  protected get errorColour(): ChalkInstance {
    return this.paletteOf(process.stderr);
  }

  /** How many characters a line for people may have: the terminal's width, within reason. */
  protected get width(): number {
    const columns = process.stdout.isTTY ? process.stdout.columns : DEFAULT_WIDTH;
    return Math.min(Math.max(columns, 72), 120);
  }

  /** A line of the result for people, on stdout. Silent with `--json`. */
  protected print(text: string): void {
    if (!this.jsonEnabled()) process.stdout.write(`${text}\n`);
  }

  /** Progress or a warning, on stderr, with `--json` too. */
  protected note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Ends the command with this exit code, without an error message, once all open work is done. */
  protected endWith(exitCode: number): void {
    process.exitCode = exitCode;
  }

  /** Whether somebody sits at a terminal who can be asked. Nobody does where the result is JSON. */
  protected get isInteractive(): boolean {
    return !this.jsonEnabled() && isInteractive({ input: process.stdin, output: process.stderr });
  }

  /** Questions, on stderr. @param instead what to give on the command line @throws UsageError `TerminalMissing` */
  protected prompts(instead: string): Prompts {
    const { stdin: input, stderr: output } = process;
    return openPrompts({ input, output, signal: this.world.signal, colour: this.errorColour }, instead);
  }

  protected override async init(): Promise<void> {
    this.#interruption.listen();
    await super.init();
  }

  protected override async finally(thrown: Error | undefined): Promise<void> {
    this.#interruption.stop();
    await super.finally(thrown);
  }

  protected override async catch(thrown: Error): Promise<void> {
    if (thrown instanceof Errors.ExitError) throw thrown;
    const knownFlags = Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags, json: true, help: true });
    const failure = this.#interruption.explain(thrown);
    reportFailure(failure, { command: this.commandName, argv: this.argv, knownFlags, process });
    return Promise.resolve();
  }

  protected override toSuccessJson(result: unknown): unknown {
    return successEnvelope(this.commandName, result);
  }

  protected override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  }

  private paletteOf({ isTTY }: NodeJS.WriteStream): ChalkInstance {
    const { noColor } = commonFlagsIn(this.argv);
    return createPalette({ isTTY, env: this.world.env, noColor });
  }

  private get commandName(): string {
    return (this.id ?? '').replaceAll(':', ' ');
  }
}
