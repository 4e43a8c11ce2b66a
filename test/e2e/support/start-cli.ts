import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

import { BIN, cleanEnv, type CliResult } from './run-cli.js';

export interface StartedCli {
  readonly child: ChildProcess;
  /** Its end, with what it wrote to the streams that are still read. */
  readonly result: Promise<CliResult & { readonly signal: NodeJS.Signals | null }>;
}

/** Starts the built CLI, for tests that do something to it while it runs. */
export function startCli(
  args: readonly string[],
  home: string,
  options: { readonly env?: Readonly<Record<string, string>>; readonly stdio?: StdioOptions } = {},
): StartedCli {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...cleanEnv(home), ...options.env },
    cwd: home,
    stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  return { child, result: resultOf(child) };
}

async function resultOf(child: ChildProcess): Promise<Awaited<StartedCli['result']>> {
  const [[code, signal], stdout, stderr] = await Promise.all([
    once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
    child.stdout === null ? '' : text(child.stdout).catch(() => ''),
    child.stderr === null ? '' : text(child.stderr).catch(() => ''),
  ]);
  return { exitCode: code ?? undefined, signal, stdout, stderr };
}
