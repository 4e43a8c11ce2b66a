/** A place in a text that can be gone back to. Strings never change, so keeping one costs nothing. */
export interface Mark {
  readonly pieces: number;
  readonly text: string;
}

/** Pieces are at least this long, in characters, but for the last. */
const PIECE = 65_536;

/** A JSON text under construction, in pieces: a long one is never one string, nor one chain of concatenations. */
export class JsonText {
  /** The piece that is being written; append to it, and call `flush` now and then. */
  text = '';
  #pieces: string[] = [];

  mark(): Mark {
    return { pieces: this.#pieces.length, text: this.text };
  }

  /** Forgets all that was written after a mark. */
  reset(mark: Mark): void {
    this.#pieces.length = mark.pieces;
    this.text = mark.text;
  }

  /** Ends the piece if it is long enough; returns the number of characters that are done with. */
  flush(): number {
    const { length } = this.text;
    if (length < PIECE) return 0;
    this.#pieces.push(flattened(this.text));
    this.text = '';
    return length;
  }

  /** All that is written. */
  pieces(): string[] {
    return [...this.#pieces, this.text];
  }
}

/** A concatenation is kept as a tree of its parts until somebody looks at a character of it. */
function flattened(text: string): string {
  text.charCodeAt(0);
  return text;
}

/** Characters that JSON has an escape for, and surrogates, which are only allowed in pairs. */
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A JSON string. Most need no escape, and for those this is several times as fast as JSON.stringify. */
export function quoted(value: string): string {
  return NEEDS_ESCAPE.test(value) ? JSON.stringify(value) : `"${value}"`;
}
