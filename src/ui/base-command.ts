import { Command, Flags, type Interfaces } from '@oclif/core';
import type { ChalkInstance } from 'chalk';

import { loadConfig } from '../config/load.js';
import type { Config } from '../config/config.js';
import { createWorld, type World } from '../world.js';
import { errorEnvelope, successEnvelope } from './envelope.js';
import { createPalette } from './palette.js';
import { describeError, renderError } from './render-error.js';

/** The parsed flags of a command class, with those that every command has. */
export type FlagsOf<T extends typeof Command> = Interfaces.InferredFlags<
  (typeof BaseCommand)['baseFlags'] & T['flags']
>;

/**
 * What every command has: the common flags, the configuration, colours, and one way to end.
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

  /** The clock, the environment, subprocesses and the like, for the code in `src/`. */
  protected readonly world: World = createWorld(process);

  /** Reads the configuration file that the flags name. @throws FailedError when it cannot be used */
  protected async loadConfig(flags: { config?: string | undefined }): Promise<Config> {
    return loadConfig(flags.config, this.world.env);
  }

  /** Colours for stdout. */
  protected get colour(): ChalkInstance {
    return this.paletteOf(process.stdout);
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

  protected override async catch(thrown: Error): Promise<void> {
    const verbose = this.argv.includes('--verbose');
    const report = describeError(thrown, verbose);
    if (this.jsonEnabled()) this.logJson(errorEnvelope(this.commandName, report));
    else this.note(renderError(report, this.paletteOf(process.stderr)));
    process.exitCode = report.exitCode;
    return Promise.resolve();
  }

  protected override toSuccessJson(result: unknown): unknown {
    return successEnvelope(this.commandName, result);
  }

  protected override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  }

  private get commandName(): string {
    return (this.id ?? '').replaceAll(':', ' ');
  }

  private paletteOf(stream: NodeJS.WriteStream): ChalkInstance {
    return createPalette({
      isTTY: stream.isTTY,
      env: this.world.env,
      noColor: this.argv.includes('--no-color'),
    });
  }
}
