import type { Refresh } from './plan.js';

/** Which object is read, and when (milliseconds since the epoch; undefined: not said). */
export interface RefreshStep {
  readonly address: string;
  readonly type: string;
  readonly id: string | undefined;
  readonly at: number | undefined;
}

interface OpenReading {
  readonly index: number;
  readonly id: string | undefined;
  readonly at: number | undefined;
}

/** Puts the beginning and the end of each reading together; as cheap for the last resource as for the first. */
export class RefreshLog {
  readonly #refreshes: Refresh[] = [];
  /** Readings under way: several under one address when there are deposed objects. */
  readonly #open = new Map<string, OpenReading[]>();

  begin({ address, type, id, at }: RefreshStep): void {
    const index = this.#refreshes.push({ address, type, id, durationMs: undefined }) - 1;
    const open = this.#open.get(address);
    if (open === undefined) this.#open.set(address, [{ index, id, at }]);
    else open.push({ index, id, at });
  }

  /**
   * A log that was cut off at its beginning has ends without beginnings: these are readings, too.
   *
   * @param elapsedMs where the log says it itself
   * @returns milliseconds that the reading took; 0 where the log does not say
   */
  complete({ address, type, id, at }: RefreshStep, elapsedMs?: number): number {
    const begun = this.#takeOpen(address, id);
    const durationMs = durationOf(begun?.at, at) ?? elapsedMs ?? 0;
    const refresh = { address, type, id: begun?.id ?? id, durationMs };
    if (begun === undefined) this.#refreshes.push(refresh);
    else this.#refreshes[begun.index] = refresh;
    return durationMs;
  }

  /** In the order in which they were begun. */
  all(): readonly Refresh[] {
    return this.#refreshes;
  }

  /** The same object's; else the oldest, since an id is not known before a data source is read nor after a deletion. */
  #takeOpen(address: string, id: string | undefined): OpenReading | undefined {
    const open = this.#open.get(address);
    if (open === undefined) return undefined;
    if (open.length === 1) this.#open.delete(address);
    const same = open.findIndex((reading) => reading.id === id);
    return open.splice(Math.max(0, same), 1)[0];
  }
}

function durationOf(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from);
}
