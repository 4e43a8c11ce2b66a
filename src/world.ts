/** The side effects that `src/` may have, made once per command; tests pass a controlled one. */
export interface World {
  /** The environment variables of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory, for paths that the user gave. */
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Cut short by `signal`, whatever its caller says: no server can keep an interrupted command waiting. */
  readonly fetch: typeof fetch;
  /** Aborted with an `InterruptedError` when the user presses Ctrl-C or the process is told to end. */
  readonly signal: AbortSignal;
}

/** The real world. `signal` is the interruption of the command that it is made for. */
export function createWorld(
  process: { env: NodeJS.ProcessEnv; cwd: () => string },
  signal: AbortSignal = new AbortController().signal,
): World {
  const { env } = process;
  return { env, cwd: process.cwd(), now: Date.now, fetch: interruptibleFetch(signal), signal };
}

function interruptibleFetch(signal: AbortSignal): typeof fetch {
  return (input, init) => {
    const own = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    const either = own === undefined ? signal : AbortSignal.any([signal, own]);
    return globalThis.fetch(input, { ...init, signal: either });
  };
}
