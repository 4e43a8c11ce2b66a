import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { FailedError, InterruptedError, messageOf } from '../errors.js';
import type { JsonObject } from '../json.js';
import { explainLog } from './log-signatures.js';
import { namelessFile } from './nameless-file.js';
import { withPrivateFolder } from './private-folder.js';
import { splitSections } from './sections.js';

/** Which command line the installed program has (app-interface-aws §3.4). */
export type Generation = 'print-only' | 'print-to-file';

export interface ReconcileOptions {
  /** The executable. */
  readonly program: string;
  /** TOML text of its configuration; holds secrets, so it travels through a pipe. */
  readonly config: string;
  /** Account names; undefined: all. */
  readonly accounts: readonly string[] | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const HELP_TIMEOUT_MS = 60_000;
const RUN_TIMEOUT_MS = 30 * 60_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const SHOWN_LOG_LINES = 15;

/**
 * Lets qontract-reconcile render accounts, in dry-run mode.
 *
 * @returns the config of each account that it renders, credentials included
 * @throws FailedError `ReconcileMissing`, `ReconcileFailed` (with the end of its log), `ReconcileOutput`
 */
export async function runReconcile(options: ReconcileOptions): Promise<Map<string, JsonObject>> {
  const generation = await detectGeneration(options);
  // Its own working directories hold credentials: they go away with ours, also when it is killed.
  return withPrivateFolder((folder) =>
    generation === 'print-to-file' ? printToFile(options, folder) : printOnly(options, folder),
  );
}

/** The older command line takes one account at a time. */
async function printOnly(options: ReconcileOptions, folder: string): Promise<Map<string, JsonObject>> {
  const sections = new Map<string, JsonObject>();
  for (const account of options.accounts ?? [undefined]) {
    const output = await execute(options, folder, ['--print-only', ...accountFlags(account)]);
    for (const [name, config] of splitSections(output)) sections.set(name, config);
  }
  return sections;
}

async function printToFile(options: ReconcileOptions, folder: string): Promise<Map<string, JsonObject>> {
  const file = join(folder, 'print.txt');
  const flags = (options.accounts ?? []).flatMap((account) => accountFlags(account));
  await execute(options, folder, ['--print-to-file', file, ...flags]);
  const text = await readFile(file, 'utf8').catch(() => '');
  return splitSections(text);
}

function accountFlags(account: string | undefined): string[] {
  return account === undefined ? [] : ['--account-name', account];
}

async function detectGeneration({ program, env, signal }: ReconcileOptions): Promise<Generation> {
  const { execa } = await import('execa');
  const { stdout, failed, message } = await execa(program, ['terraform-resources', '--help'], {
    ...execaOptions({ env, signal }, HELP_TIMEOUT_MS),
    stdin: 'ignore',
  });
  if (stdout.includes('--print-to-file')) return 'print-to-file';
  if (stdout.includes('--print-only')) return 'print-only';
  throw new FailedError(
    'ReconcileMissing',
    failed
      ? `cannot run ${program}: ${message?.split('\n')[0] ?? 'it failed'}`
      : `${program} is not a qontract-reconcile that can print a config`,
    { hint: 'install qontract-reconcile, or leave --renderer at native' },
  );
}

/** Runs `terraform-resources` in dry-run mode. @returns its stdout */
async function execute(options: ReconcileOptions, folder: string, flags: readonly string[]): Promise<string> {
  const { execa } = await import('execa');
  const args = ['--config', '/dev/stdin', '--dry-run', 'terraform-resources', ...flags];
  const config = await namelessFile(folder, options.config);
  try {
    const result = await execa(options.program, args, {
      ...execaOptions({ ...options, env: { ...options.env, TMPDIR: folder } }, RUN_TIMEOUT_MS),
      // A stream that is never read here: the child inherits its file descriptor.
      stdin: createReadStream('', { fd: config.fd, autoClose: false }),
      cwd: folder,
    });
    if (result.isCanceled) throw new InterruptedError('Interrupted', messageOf(options.signal.reason));
    if (!result.failed) return result.stdout;
    const end = result.timedOut ? 'took too long' : `ended with exit code ${result.exitCode ?? 'unknown'}`;
    throw reconcileFailed(end, result.stderr);
  } finally {
    await config.close();
  }
}

function reconcileFailed(end: string, stderr: string): FailedError {
  const { explanation, hint } = explainLog(stderr);
  const log = stderr.trimEnd().split('\n').slice(-SHOWN_LOG_LINES).join('\n');
  const details = hint === undefined ? {} : { hint };
  return new FailedError('ReconcileFailed', `qontract-reconcile ${end}${explanation}\n${log}`, details);
}

/** Without a shell, with an environment of our making, bounded. */
function execaOptions({ env, signal }: Pick<ReconcileOptions, 'env' | 'signal'>, timeout: number) {
  return {
    env: definedOnly(env),
    extendEnv: false,
    reject: false,
    timeout,
    cancelSignal: signal,
    maxBuffer: MAX_OUTPUT_BYTES,
  } as const;
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
