import { existsSync } from 'node:fs';
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
    const pjson = await packageJson(root);
    const more = options.fromSource === true ? sourceOptions(pjson) : builtOptions(pjson, argv, root);
    const config = await Config.load({ root: fileURLToPath(root), ...more });
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

async function packageJson(root: URL): Promise<Interfaces.PJSON> {
  return JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as Interfaces.PJSON;
}

/** Spares the commands that are our own the plugins, which only bring others (`help`, `autocomplete`). */
function builtOptions(
  pjson: Interfaces.PJSON,
  [first = '']: readonly string[],
  root: URL,
): Partial<Interfaces.Options> {
  const isOurs = /^[a-z][\w-]*$/.test(first) && existsSync(new URL(`dist/commands/${first}.js`, root));
  return isOurs ? { pjson: { ...pjson, oclif: { ...pjson.oclif, plugins: [] } } } : {};
}

/** Makes oclif find `commands/*.ts` and pass over the manifest, which describes the built commands. */
function sourceOptions(pjson: Interfaces.PJSON): Partial<Interfaces.Options> {
  const oclif = { ...pjson.oclif, commands: './commands', hooks: {} };
  return { pjson: { ...pjson, oclif }, ignoreManifest: true };
}
