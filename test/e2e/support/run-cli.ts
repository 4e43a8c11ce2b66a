import { fileURLToPath } from 'node:url';

import { execa } from 'execa';

export interface CliOptions {
  /** On top of the clean environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** What the command reads from stdin; without it stdin is empty. */
  readonly input?: string;
  /** Milliseconds. */
  readonly timeout?: number;
}

export interface CliResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export const BIN = fileURLToPath(new URL('../../../bin/run.js', import.meta.url));

/**
 * Runs the built CLI as a user would, without a terminal, and waits for its end, whatever its exit code is.
 *
 * @param home the user's home folder and temporary folder: what the command leaves behind is in there
 */
export async function runCli(
  args: readonly string[],
  home: string,
  options: CliOptions = {},
): Promise<CliResult> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [BIN, ...args], {
    env: { ...cleanEnv(home), ...options.env },
    extendEnv: false,
    cwd: options.cwd ?? home,
    input: options.input ?? '',
    timeout: options.timeout ?? 60_000,
    killSignal: 'SIGKILL',
    reject: false,
    stripFinalNewline: false,
  });
  return { exitCode, stdout, stderr };
}

/** Nothing of the developer's own: no AWS_*, TF_*, QONTRACT_* or tokens; programs are found as usual. */
export function cleanEnv(home: string): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: home, LANG: 'C.UTF-8', TZ: 'UTC' };
}
