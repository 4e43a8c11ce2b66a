/** A process and all that it started, which is in a process group of its own. */
export class ProcessGroup {
  #leader: number | undefined;
  #killing: NodeJS.Timeout | undefined;

  /** @param leader the number of the process that leads the group; undefined: it could not be started */
  constructor(leader: number | undefined) {
    this.#leader = leader;
  }

  /** Asks the group to end, once, as Ctrl-C does; what has not ended `graceMs` later is killed. */
  end(graceMs: number): void {
    if (this.#killing !== undefined) return;
    this.#signal('SIGINT');
    this.#killing = setTimeout(() => {
      this.kill();
    }, graceMs);
  }

  /** Kills whoever is left. */
  kill(): void {
    clearTimeout(this.#killing);
    this.#signal('SIGKILL');
    // Later that number may be somebody else's.
    this.#leader = undefined;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#leader === undefined) return;
    try {
      process.kill(-this.#leader, signal);
    } catch {
      // Nobody is left in it.
    }
  }
}
