/** The side effects that `src/` may have, made once per command; tests pass a controlled one. */
export interface World {
  /** The environment variables of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory, for paths that the user gave. */
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly fetch: typeof fetch;
  /** Aborted with an `InterruptedError` when the user presses Ctrl-C or the process is told to end. */
  readonly signal: AbortSignal;
}

/** The real world. `signal` is the interruption of the command that it is made for. */
export function createWorld(
  process: { env: NodeJS.ProcessEnv; cwd: () => string },
  signal: AbortSignal = new AbortController().signal,
): World {
  return { env: process.env, cwd: process.cwd(), now: Date.now, fetch: globalThis.fetch, signal };
}
