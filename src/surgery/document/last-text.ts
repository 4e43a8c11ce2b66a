import { decode } from '../../json-scan/decode.js';
import { stringEnd } from '../../json-scan/json-words.js';

/** Reads the texts of strings of which most are the same as the one before, as the providers and modules in a state. */
export class LastText {
  #start = 0;
  #length = 0;
  #text = '';

  /** The text of the string that begins at `at`. */
  at(bytes: Buffer, at: number): string {
    if (this.#length === 0 || !this.isSame(bytes, at)) {
      const end = stringEnd(bytes, at);
      this.#text = decode(bytes, at + 1, end - 1);
      this.#start = at;
      this.#length = end - at;
    }
    return this.#text;
  }

  /** Also to the closing quote, which no string has in its middle. */
  private isSame(bytes: Buffer, at: number): boolean {
    for (let index = 0; index < this.#length; index++) {
      if (bytes[at + index] !== bytes[this.#start + index]) return false;
    }
    return true;
  }
}
