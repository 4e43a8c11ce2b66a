import type { Readable } from 'node:stream';

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
    const { execa } = await import('execa');
    const child = execa(file, args, {
      env,
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      detached: true,
      maxBuffer: maxBytes,
    });
    const timeout = AbortSignal.timeout(timeoutMs);
    const flood = new AbortController();
    for (const stream of [child.stdout, child.stderr]) onMoreThan(maxBytes, stream, flood);
    const limit = AbortSignal.any([signal, timeout, flood.signal]);
    const endGroup = (): void => {
      killGroup(child.pid);
    };
    limit.addEventListener('abort', endGroup, { once: true });
    const result = await child;
    limit.removeEventListener('abort', endGroup);
    signal.throwIfAborted();
    if (result.code === 'ENOENT') return { kind: 'absent' };
    if (flood.signal.aborted) return { kind: 'failed', why: `it printed more than ${maxBytes} bytes` };
    if (timeout.aborted) return { kind: 'failed', why: `it did not answer within ${timeoutMs / 1000} s` };
    if (result.exitCode === undefined)
      return { kind: 'failed', why: result.originalMessage ?? 'it was killed' };
    return { kind: 'ended', exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
  };
}

/** execa stops reading after that much, but a program that pays no heed to it would go on. */
function onMoreThan(maxBytes: number, stream: Readable, flood: AbortController): void {
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) flood.abort();
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}
