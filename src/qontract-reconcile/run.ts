import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readTextIfAny } from '../bounded-file.js';
import { programAsker } from '../clients/ask-program.js';
import { FailedError } from '../errors.js';
import type { JsonObject } from '../json.js';
import { generationIn, lookAtInstallation, type Generation } from './generation.js';
import { invoke, type ReconcileOptions } from './invoke.js';
import { withPrivateFolder } from './private-folder.js';
import { splitSections } from './sections.js';

const LOOK_LIMITS = { timeoutMs: 20_000, maxBytes: 64 * 1024 };
const MAX_SCRIPT_BYTES = 256 * 1024;

/**
 * Lets qontract-reconcile render accounts, in dry-run mode.
 *
 * @returns the config of each account that it renders, credentials included
 * @throws FailedError `ReconcileMissing`, `ReconcileFailed` (with the end of its log), `ReconcileOutput`
 */
export async function runReconcile(options: ReconcileOptions): Promise<Map<string, JsonObject>> {
  // Its own working directories hold credentials: they go away with ours, also when it is killed.
  return withPrivateFolder(async (folder) => {
    const generation = await generationOf(options, folder);
    return generation === 'print-to-file' ? printToFile(options, folder) : printOnly(options, folder);
  });
}

/** By its sources; a wrapper is asked for its help, which it gives only with a configuration whose server answers. */
async function generationOf(options: ReconcileOptions, folder: string): Promise<Generation> {
  const { program, env, signal } = options;
  const installation = await lookAtInstallation(program, {
    ask: programAsker(env, signal, LOOK_LIMITS),
    readText: (file) => readTextIfAny(file, MAX_SCRIPT_BYTES),
  });
  if (installation.kind === 'usable') return installation.generation;
  if (installation.kind === 'broken') throw unusable(program, installation.why);
  const generation = generationIn(await invoke(options, folder, ['--help']));
  if (generation === undefined) throw unusable(program, 'it cannot print a configuration');
  return generation;
}

/** The older command line takes one account at a time. */
async function printOnly(options: ReconcileOptions, folder: string): Promise<Map<string, JsonObject>> {
  const sections = new Map<string, JsonObject>();
  for (const account of options.accounts ?? [undefined]) {
    const output = await invoke(options, folder, ['--print-only', ...accountFlags(account)]);
    for (const [name, config] of splitSections(output)) sections.set(name, config);
  }
  return sections;
}

async function printToFile(options: ReconcileOptions, folder: string): Promise<Map<string, JsonObject>> {
  const file = join(folder, 'print.txt');
  const flags = (options.accounts ?? []).flatMap((account) => accountFlags(account));
  await invoke(options, folder, ['--print-to-file', file, ...flags]);
  const text = await readFile(file, 'utf8').catch(() => '');
  return splitSections(text);
}

function accountFlags(account: string | undefined): string[] {
  return account === undefined ? [] : ['--account-name', account];
}

function unusable(program: string, why: string): FailedError {
  return new FailedError('ReconcileMissing', `cannot use ${program}: ${why}`, {
    hint: 'install qontract-reconcile, or leave --renderer at native',
  });
}
