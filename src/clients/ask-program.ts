import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

import { messageOf, systemCodeOf } from '../errors.js';

/** What a program that was asked a question (its version, its help) answered. */
export type ProgramAnswer =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** There is no such program. */
  | { readonly kind: 'absent' }
  /** It could not be started, did not end in time, was killed or said too much. */
  | { readonly kind: 'failed'; readonly why: string };

/** Asks a program, without a shell. @throws when the command is interrupted */
export type AskProgram = (file: string, args: readonly string[]) => Promise<ProgramAnswer>;

export interface AskLimits {
  readonly timeoutMs: number;
  /** Of stdout and stderr each. */
  readonly maxBytes: number;
}

/**
 * Makes an `AskProgram` that runs real programs in a process group of their own, so that a wrapper script that hangs is
 * ended together with what it started.
 */
export function programAsker(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  { timeoutMs, maxBytes }: AskLimits,
): AskProgram {
  return async (file, args) => {
    signal.throwIfAborted();
    const child = started(file, args, env);
    if ('kind' in child) return child;
    const timeout = AbortSignal.timeout(timeoutMs);
    const flood = new AbortController();
    const limit = AbortSignal.any([signal, timeout, flood.signal]);
    const endGroup = (): void => {
      killGroup(child.pid);
    };
    limit.addEventListener('abort', endGroup, { once: true });
    const answer = await answerOf(child, maxBytes, flood);
    limit.removeEventListener('abort', endGroup);
    signal.throwIfAborted();
    if (flood.signal.aborted) return { kind: 'failed', why: `it printed more than ${maxBytes} bytes` };
    if (timeout.aborted) return { kind: 'failed', why: `it did not answer within ${timeoutMs / 1000} s` };
    return answer;
  };
}

/** Some errors of starting a program are thrown, others are events of a child that never was. */
function started(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ChildProcess | ProgramAnswer {
  try {
    return spawn(file, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  } catch (error) {
    return notStarted(error);
  }
}

async function answerOf(
  child: ChildProcess,
  maxBytes: number,
  flood: AbortController,
): Promise<ProgramAnswer> {
  try {
    const [[exitCode], stdout, stderr] = await Promise.all([
      once(child, 'close') as Promise<[number | null]>,
      textOf(child.stdout, maxBytes, flood),
      textOf(child.stderr, maxBytes, flood),
    ]);
    return exitCode === null
      ? { kind: 'failed', why: 'it was killed' }
      : { kind: 'ended', exitCode, stdout, stderr };
  } catch (error) {
    return notStarted(error);
  }
}

function notStarted(error: unknown): ProgramAnswer {
  return systemCodeOf(error) === 'ENOENT' ? { kind: 'absent' } : { kind: 'failed', why: messageOf(error) };
}

/** What a stream says, without its last line break; after too much of it nothing is kept. */
async function textOf(stream: Readable | null, maxBytes: number, flood: AbortController): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of (stream ?? []) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) flood.abort();
    else chunks.push(chunk);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}
