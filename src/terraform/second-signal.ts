const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Signal = (typeof SIGNALS)[number];

/** The part of the process that signals are about; tests pass their own. */
export interface SignalledProcess {
  readonly pid: number;
  on(signal: Signal, listener: (signal: Signal) => void): unknown;
  off(signal: Signal, listener: (signal: Signal) => void): unknown;
  kill(pid: number, signal: Signal): unknown;
}

/**
 * Once the command is interrupted a second signal ends the process at once. This does what must be done even then, such
 * as ending children of another process group, and only that: it has to be synchronous.
 *
 * @returns takes the precaution back
 */
export function onSecondSignal(
  interruption: AbortSignal,
  action: () => void,
  target: SignalledProcess = process,
): () => void {
  const stop = (): void => {
    interruption.removeEventListener('abort', start);
    for (const signal of SIGNALS) target.off(signal, die);
  };
  const die = (signal: Signal): void => {
    stop();
    action();
    // When nobody listens any more, the signal does what it does by itself.
    target.kill(target.pid, signal);
  };
  const start = (): void => {
    for (const signal of SIGNALS) target.on(signal, die);
  };
  interruption.addEventListener('abort', start, { once: true });
  return stop;
}
