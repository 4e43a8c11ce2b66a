export interface Settling {
  /** Something happened. */
  readonly poke: () => void;
  /** No more runs; resolves when a run under way has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs a task once things have been quiet for `quietMs`, and never twice at a time: a poke during a run brings another
 * run after it. The task must not throw.
 */
export function settle(task: () => Promise<void>, quietMs: number): Settling {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let pokes = 0;
  let stopped = false;

  const run = async (): Promise<void> => {
    const before = pokes;
    await task();
    running = undefined;
    if (pokes > before) poke();
  };
  const poke = (): void => {
    pokes += 1;
    if (stopped || running !== undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = run();
    }, quietMs);
  };
  const stop = async (): Promise<void> => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
  return { poke, stop };
}
