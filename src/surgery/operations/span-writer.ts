/** Puts a new text together from spans of an old one and from what is new, and copies bytes only once, at the end. */
export class SpanWriter {
  readonly #pieces: Buffer[] = [];
  #start = 0;
  #end = 0;

  constructor(readonly bytes: Buffer) {}

  /** The old text from `start` to before `end`. */
  span(start: number, end: number): void {
    if (start === this.#end) {
      this.#end = end;
      return;
    }
    this.flush();
    this.#start = start;
    this.#end = end;
  }

  text(text: string): void {
    this.flush();
    this.#pieces.push(Buffer.from(text));
  }

  finish(): Buffer {
    this.flush();
    return Buffer.concat(this.#pieces);
  }

  private flush(): void {
    if (this.#end > this.#start) this.#pieces.push(this.bytes.subarray(this.#start, this.#end));
    this.#start = this.#end;
  }
}
