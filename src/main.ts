import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { Config, Errors, run, type Interfaces } from '@oclif/core';

import { FailedError, isError, messageOf, systemCodeOf } from './errors.js';
import { reportFailure } from './ui/report-failure.js';

interface MainOptions {
  /** Run `commands/*.ts` themselves instead of their built form. */
  readonly fromSource?: boolean;
}

/**
 * Runs one command line. What goes wrong outside any command (an unknown command, a broken installation) is rendered
 * here in the same way as the base command renders its own errors.
 */
export async function main(argv: string[], root: URL, options: MainOptions = {}): Promise<void> {
  try {
    const sources = options.fromSource === true ? await sourceOptions(root) : {};
    const config = await Config.load({ root: fileURLToPath(root), ...sources });
    await run(argv, config);
  } catch (error) {
    // oclif ends a few things (a flag that only prints) by an error that carries nothing but the exit code.
    if (error instanceof Errors.ExitError) process.exitCode = error.oclif.exit ?? 0;
    else reportFailure(error, { command: null, argv, process });
  }
}

/**
 * Reports an error that nobody caught, after which the entry point ends the process.
 *
 * @returns whether the process has to end: a reader that went away (`tfrepair … | head -1`) is no error, and work that
 *   is under way is still finished
 */
export function reportCrash(error: unknown, argv: readonly string[]): boolean {
  if (!isWriteError(error)) {
    reportFailure(error, { command: null, argv, process });
    return true;
  }
  if (systemCodeOf(error) === 'EPIPE') return false;
  // Where the JSON document should go is where nothing can be written to.
  const forStderr = argv.filter((argument) => argument !== '--json');
  reportFailure(outputFailed(error), { command: null, argv: forStderr, process });
  return true;
}

/** Node's error for a failed write to a stream, e.g. stdout on a full disk. */
function isWriteError(error: unknown): error is Error {
  return isError(error) && 'syscall' in error && error.syscall === 'write';
}

function outputFailed(error: Error): FailedError {
  return new FailedError('OutputFailed', `cannot write the output: ${messageOf(error)}`, { cause: error });
}

/** Makes oclif find `commands/*.ts` and pass over the manifest, which describes the built commands. */
async function sourceOptions(root: URL): Promise<Partial<Interfaces.Options>> {
  const text = await readFile(new URL('package.json', root), 'utf8');
  const pjson = JSON.parse(text) as Interfaces.PJSON;
  const oclif = { ...pjson.oclif, commands: './commands', hooks: {} };
  return { pjson: { ...pjson, oclif }, ignoreManifest: true };
}
