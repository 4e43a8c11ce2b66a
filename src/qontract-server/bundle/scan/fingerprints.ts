import { Positions } from '../../../json-scan/positions.js';

/**
 * A growing list of 64-bit fingerprints of texts. Two texts with the same one are as good as certainly the same, and nobody
 * has to go back to where they lie to compare them: in a bundle's bytes, that is what takes the time.
 */
export class Fingerprints {
  readonly #low = new Positions();
  readonly #high = new Positions();

  get length(): number {
    return this.#low.length;
  }

  /** Adds that of the text between two positions (two hashes of the FNV-1a kind). */
  add(bytes: Uint8Array, start: number, end: number): void {
    let low = 0x811c9dc5;
    let high = 0x9dc5811c;
    for (let index = start; index < end; index++) {
      const byte = bytes[index] ?? 0;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x5bd1e995);
    }
    this.#low.push(low ^ (low >>> 15));
    this.#high.push(high);
  }

  low(index: number): number {
    return this.#low.at(index);
  }

  high(index: number): number {
    return this.#high.at(index);
  }
}

/** Some of the fingerprints of a list. */
export class FingerprintSet {
  /** A hash table, half full at most: in each slot the index of a fingerprint, plus one; 0 in a free slot. */
  readonly #slots: Uint32Array;

  constructor(
    private readonly list: Fingerprints,
    members: readonly number[],
  ) {
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * (members.length + 1))));
    for (const member of members) this.#slots[this.slotOf(list, member)] = member + 1;
  }

  /** Whether a fingerprint of another list is in the set. */
  has(list: Fingerprints, index: number): boolean {
    return this.#slots[this.slotOf(list, index)] !== 0;
  }

  /** The slot where a fingerprint is, or else the free one where it belongs. */
  private slotOf(list: Fingerprints, index: number): number {
    const last = this.#slots.length - 1;
    const low = list.low(index);
    for (let slot = low & last; ; slot = (slot + 1) & last) {
      const member = (this.#slots[slot] ?? 0) - 1;
      if (member === -1) return slot;
      if (this.list.low(member) === low && this.list.high(member) === list.high(index)) return slot;
    }
  }
}
