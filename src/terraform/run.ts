import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { FailedError, messageOf } from '../errors.js';
import { ProcessGroup } from './process-group.js';
import { onSecondSignal } from './second-signal.js';

/** How terraform is started. */
export interface Invocation {
  readonly file: string;
  readonly args: readonly string[];
  /** The working folder. */
  readonly folder: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** How long it may take. */
  readonly timeoutMs: number;
  /** How long it may take to end once it is asked to; default 30 s. */
  readonly graceMs?: number;
  /** Given stdout, piece by piece. */
  readonly onOutput: (chunk: Buffer) => void;
}

export interface RunResult {
  /** Undefined: it was killed. */
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  /** The end of what it said on stderr. */
  readonly stderr: string;
}

const GRACE_MS = 30_000;

const STDERR_TAIL_BYTES = 64 * 1024;

/**
 * Runs terraform without a shell, in a process group of its own, and reads what it says as it says it. When the command
 * is interrupted, or the time is up, the group is asked once to end, and killed after some grace; on a second
 * interruption it is killed at once.
 *
 * @throws the interruption, once everything has ended; FailedError `TerraformUnusable` when it cannot be started
 */
export async function runTerraform(invocation: Invocation, interruption: AbortSignal): Promise<RunResult> {
  interruption.throwIfAborted();
  const { file, args, folder, env, graceMs = GRACE_MS } = invocation;
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const group = new ProcessGroup(child.pid);
  const timeout = AbortSignal.timeout(invocation.timeoutMs);
  const limit = AbortSignal.any([interruption, timeout]);
  const end = (): void => {
    group.end(graceMs);
  };
  limit.addEventListener('abort', end, { once: true });
  const forget = onSecondSignal(interruption, () => {
    group.kill();
  });
  try {
    const result = await outcomeOf(child, invocation, group);
    interruption.throwIfAborted();
    return { ...result, timedOut: timeout.aborted };
  } finally {
    limit.removeEventListener('abort', end);
    forget();
    group.kill();
  }
}

async function outcomeOf(
  child: ChildProcess,
  { file, onOutput }: Invocation,
  group: ProcessGroup,
): Promise<Omit<RunResult, 'timedOut'>> {
  // Whatever it has left behind in its group would keep the pipes open.
  const exit = exitOf(child, file).finally(() => {
    group.kill();
  });
  const [exitCode, stderr] = await Promise.all([exit, tailOf(child.stderr), read(child.stdout, onOutput)]);
  return { exitCode, stderr };
}

async function exitOf(child: ChildProcess, file: string): Promise<number | undefined> {
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? undefined;
  } catch (error) {
    throw new FailedError('TerraformUnusable', `cannot start ${file}: ${messageOf(error)}`, { cause: error });
  }
}

async function read(stdout: ChildProcess['stdout'], onOutput: (chunk: Buffer) => void): Promise<void> {
  for await (const chunk of (stdout ?? []) as AsyncIterable<Buffer>) onOutput(chunk);
}

async function tailOf(stderr: ChildProcess['stderr']): Promise<string> {
  let tail = Buffer.alloc(0);
  for await (const chunk of (stderr ?? []) as AsyncIterable<Buffer>) {
    tail = Buffer.concat([tail, chunk]).subarray(-STDERR_TAIL_BYTES);
  }
  return tail.toString('utf8');
}
