const NEWLINE = 0x0a;

/** Splits a stream of bytes into lines, in memory that the longest allowed line bounds. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #size = 0;

  /** @param maxBytes of a longer line only that much is given */
  constructor(onLine: (line: string) => void, maxBytes: number) {
    this.#onLine = onLine;
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(chunk.subarray(start, end));
      this.#give();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
  }

  /** Gives what came after the last line break. */
  end(): void {
    if (this.#size > 0) this.#give();
  }

  #add(part: Buffer): void {
    const room = this.#maxBytes - this.#size;
    if (room > 0 && part.length > 0) this.#parts.push(part.length > room ? part.subarray(0, room) : part);
    this.#size += part.length;
  }

  #give(): void {
    const bytes = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    this.#onLine((bytes ?? Buffer.alloc(0)).toString('utf8').replace(/\r$/, ''));
  }
}
