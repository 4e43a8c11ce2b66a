import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { Config, flush, run, type Interfaces } from '@oclif/core';

import { errorEnvelope } from './ui/envelope.js';
import { createPalette } from './ui/palette.js';
import { describeError, renderError } from './ui/render-error.js';

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
    await flush();
  } catch (error) {
    if (isExit(error)) process.exitCode = error.oclif.exit;
    else renderFailure(error, argv);
  }
}

/** Makes oclif find `commands/*.ts` and pass over the manifest, which describes the built commands. */
async function sourceOptions(root: URL): Promise<Partial<Interfaces.Options>> {
  const text = await readFile(new URL('package.json', root), 'utf8');
  const pjson = JSON.parse(text) as Interfaces.PJSON;
  const oclif = { ...pjson.oclif, commands: './commands', hooks: {} };
  return { pjson: { ...pjson, oclif }, ignoreManifest: true };
}

function renderFailure(error: unknown, argv: string[]): void {
  const report = describeError(error, argv.includes('--verbose'));
  process.exitCode = report.exitCode;
  if (argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify(errorEnvelope(null, report), null, 2)}\n`);
    return;
  }
  const palette = { isTTY: process.stderr.isTTY, env: process.env, noColor: argv.includes('--no-color') };
  process.stderr.write(`${renderError(report, createPalette(palette))}\n`);
}

/** oclif ends `--help` and `--version` by throwing an error that only carries the exit code. */
function isExit(error: unknown): error is Error & { oclif: { exit: number } } {
  return error instanceof Error && 'code' in error && error.code === 'EEXIT' && 'oclif' in error;
}
