import { Interruption, type SignalSource } from './interruption.js';

/**
 * For a command that goes on after `run` until it is told to end: closes it on SIGINT, SIGTERM or SIGHUP, which is no
 * failure then. A second signal ends the process at once.
 */
export function closeOnSignal(source: SignalSource, close: () => Promise<void>): void {
  const interruption = new Interruption(source);
  interruption.listen();
  interruption.signal.addEventListener('abort', () => void close(), { once: true });
}
