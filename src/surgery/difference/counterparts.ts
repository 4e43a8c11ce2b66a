import type { StateDocument } from '../document/state-document.js';

/** Finds the resources of a new state that are written with the same bytes in the old one. */
export class Counterparts {
  /** Where the next one probably is: most of a state stays in its order. */
  #next = 0;

  constructor(
    private readonly base: StateDocument,
    private readonly post: StateDocument,
  ) {}

  /** The old resource's number; ask for one new resource after the other. */
  of(row: number): number | undefined {
    const found = this.isSame(this.#next, row) ? this.#next : this.base.find(this.post.idOf(row));
    if (found === undefined) return undefined;
    this.#next = found + 1;
    return this.isSame(found, row) ? found : undefined;
  }

  private isSame(baseRow: number, row: number): boolean {
    if (baseRow >= this.base.resourceCount) return false;
    const [old, now] = [this.base.spanOf(baseRow), this.post.spanOf(row)];
    if (old.end - old.start !== now.end - now.start) return false;
    return this.base.bytes.compare(this.post.bytes, now.start, now.end, old.start, old.end) === 0;
  }
}
