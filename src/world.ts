/** The side effects that `src/` may have, made once per command; tests pass a controlled one. */
export interface World {
  /** The environment variables of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory, for paths that the user gave. */
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly fetch: typeof fetch;
}

/** The real world. */
export function createWorld(process: { env: NodeJS.ProcessEnv; cwd: () => string }): World {
  return { env: process.env, cwd: process.cwd(), now: Date.now, fetch: globalThis.fetch };
}
