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
 * @param interruption aborted by a listener to the first signal
 * @returns takes the precaution back
 */
export function onSecondSignal(
  interruption: AbortSignal,
  action: () => void,
  target: SignalledProcess = process,
): () => void {
  let isArmed = false;
  const arm = (): void => {
    // Not before all who listen to the first signal have had it: this is one of them.
    queueMicrotask(() => {
      isArmed = true;
    });
  };
  const stop = (): void => {
    interruption.removeEventListener('abort', arm);
    for (const signal of SIGNALS) target.off(signal, onSignal);
  };
  const onSignal = (signal: Signal): void => {
    if (!isArmed) return;
    stop();
    action();
    // When nobody listens any more, the signal does what it does by itself.
    target.kill(target.pid, signal);
  };
  // From the beginning: between the first signal and a later listener there would be a moment without any.
  for (const signal of SIGNALS) target.on(signal, onSignal);
  interruption.addEventListener('abort', arm, { once: true });
  return stop;
}
