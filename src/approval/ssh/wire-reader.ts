/** Reads the data types of SSH (RFC 4251, section 5) from bytes that anybody may have made. */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The next `length` bytes; undefined when there are fewer. */
  take(length: number): Buffer | undefined {
    if (this.#at + length > this.#bytes.length) return undefined;
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  /** A number of 32 bits. */
  uint32(): number | undefined {
    return this.take(4)?.readUInt32BE();
  }

  /** A length, then as many bytes. */
  string(): Buffer | undefined {
    const length = this.uint32();
    return length === undefined ? undefined : this.take(length);
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
}
