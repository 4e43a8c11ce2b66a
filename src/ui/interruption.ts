import { setMaxListeners } from 'node:events';

import { InterruptedError, isError } from '../errors.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/** Who sends the signals: the process, or an event emitter in tests. */
export interface SignalSource {
  on(signal: Signal, listener: (signal: Signal) => void): unknown;
  off(signal: Signal, listener: (signal: Signal) => void): unknown;
}

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort that a command can pass on to what it started. A second one
 * is left to the system, which ends the process at once.
 */
export class Interruption {
  readonly #source: SignalSource;
  readonly #controller = new AbortController();
  readonly #abort = (signal: Signal): void => {
    this.stop();
    this.#controller.abort(new InterruptedError('Interrupted', `interrupted by ${signal}`));
  };

  constructor(source: SignalSource) {
    this.#source = source;
    // A command may well hand it to dozens of requests and children at once.
    setMaxListeners(0, this.#controller.signal);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  listen(): void {
    for (const signal of SIGNALS) this.#source.on(signal, this.#abort);
  }

  stop(): void {
    for (const signal of SIGNALS) this.#source.off(signal, this.#abort);
  }

  /**
   * What to report for `thrown`: the interruption when that is where it came from (an `AbortError`, a child that was
   * cancelled), else itself, so that a failure while stopping is not hidden.
   */
  explain(thrown: unknown): unknown {
    return this.signal.aborted && isAbort(thrown, this.signal.reason) ? this.signal.reason : thrown;
  }
}

/** Whether `thrown`, or an error behind it, is the abort itself: its reason, DOM's AbortError or execa's cancellation. */
function isAbort(thrown: unknown, reason: unknown): boolean {
  for (let error = thrown, depth = 0; isError(error) && depth < 10; error = error.cause, depth += 1) {
    if (error === reason || error.name === 'AbortError') return true;
    if ('isCanceled' in error && error.isCanceled === true) return true;
  }
  return false;
}
