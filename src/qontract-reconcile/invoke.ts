import { createReadStream } from 'node:fs';

import { FailedError, InterruptedError, messageOf } from '../errors.js';
import { explainLog } from './log-signatures.js';
import { namelessFile } from './nameless-file.js';

export interface ReconcileOptions {
  /** The executable. */
  readonly program: string;
  /** TOML text of its configuration; holds secrets, so it travels as a file without a name. */
  readonly config: string;
  /** Account names; undefined: all. */
  readonly accounts: readonly string[] | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 30 * 60_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const SHOWN_LOG_LINES = 15;

/**
 * Runs `terraform-resources` in dry-run mode, without a shell, bounded.
 *
 * @param folder private; the child's working and temporary folder
 * @returns its stdout
 * @throws FailedError `ReconcileFailed` with the end of its log; InterruptedError
 */
export async function invoke(
  options: ReconcileOptions,
  folder: string,
  flags: readonly string[],
): Promise<string> {
  const { execa } = await import('execa');
  const args = ['--config', '/dev/stdin', '--dry-run', 'terraform-resources', ...flags];
  const config = await namelessFile(folder, options.config);
  try {
    const result = await execa(options.program, args, {
      env: definedOnly({ ...options.env, TMPDIR: folder }),
      extendEnv: false,
      reject: false,
      timeout: TIMEOUT_MS,
      cancelSignal: options.signal,
      maxBuffer: MAX_OUTPUT_BYTES,
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

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
