import { decode, isEscaped } from '../../../json-scan/decode.js';
import { isJsonObject, type JsonObject } from '../json.js';
import { Fingerprints, FingerprintSet } from './fingerprints.js';
import { Positions } from '../../../json-scan/positions.js';

const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;

/**
 * The files of one part of a bundle as a scan has found them: where each lies in the bundle's bytes, and what must be known
 * of it before anybody asks for it. Files are numbered in the order of the bundle.
 */
export class FileTable {
  /** The bundle key of each file. */
  readonly keys: string[] = [];
  readonly #starts = new Positions();
  readonly #ends = new Positions();
  /** How many fields, and references, the files before each file have. */
  readonly #fieldsBefore = new Positions();
  readonly #referencesBefore = new Positions();
  /** Of each field at the top of a file whose value is a text: where its key begins, where that text begins and ends. */
  readonly #fieldKeys = new Positions();
  readonly #fieldStarts = new Positions();
  readonly #fieldEnds = new Positions();
  /** Of keys and references as they are written. */
  readonly #keyPrints = new Fingerprints();
  readonly #references = new Fingerprints();

  constructor(private readonly bytes: Buffer) {}

  /** Adds a file. Until it has ended, fields and references are its own. */
  begin(keyStart: number, keyEnd: number, start: number): void {
    this.keys.push(decode(this.bytes, keyStart, keyEnd));
    this.#keyPrints.add(this.bytes, keyStart, keyEnd);
    this.#starts.push(start);
    this.#fieldsBefore.push(this.#fieldKeys.length);
    this.#referencesBefore.push(this.#references.length);
  }

  addField(keyStart: number, valueStart: number, valueEnd: number): void {
    if (this.bytes[valueStart] !== QUOTE) return;
    this.#fieldKeys.push(keyStart);
    this.#fieldStarts.push(valueStart + 1);
    this.#fieldEnds.push(valueEnd - 1);
  }

  addReference(start: number, end: number): void {
    this.#references.add(this.bytes, start, end);
  }

  end(position: number): void {
    this.#ends.push(position);
  }

  /** The number of each file by its key: the last one's where a key occurs twice, as in every JSON object. */
  numbers(): Map<string, number> {
    const numbers = new Map<string, number>();
    for (let file = 0; file < this.keys.length; file++) numbers.set(this.keys[file] ?? '', file);
    return numbers;
  }

  isObject(file: number): boolean {
    return this.bytes[this.#starts.at(file)] === OPEN_BRACE;
  }

  /** The content of a file that is an object. */
  parse(file: number): JsonObject {
    const text = this.bytes.toString('utf8', this.#starts.at(file), this.#ends.at(file));
    const content: unknown = JSON.parse(text);
    return isJsonObject(content) ? content : {};
  }

  /** The text in a field at the top of a file; undefined where there is none. */
  textOf(file: number, field: string): string | undefined {
    const index = this.fieldNamed(file, field);
    if (index === undefined) return undefined;
    if (index !== 'unknown')
      return decode(this.bytes, this.#fieldStarts.at(index), this.#fieldEnds.at(index));
    const value = this.parse(file)[field];
    return typeof value === 'string' ? value : undefined;
  }

  hasText(file: number, field: string): boolean {
    const index = this.fieldNamed(file, field);
    return index === 'unknown' ? typeof this.parse(file)[field] === 'string' : index !== undefined;
  }

  /** Whether a field at the top of a file may hold a text. False only if it certainly does not. */
  mayHave(file: number, field: string, text: Buffer): boolean {
    const index = this.fieldNamed(file, field);
    if (index === 'unknown') return true;
    if (index === undefined) return false;
    const start = this.#fieldStarts.at(index);
    const end = this.#fieldEnds.at(index);
    if (isEscaped(this.bytes, start, end)) return true;
    return end - start === text.length && this.bytes.compare(text, 0, text.length, start, end) === 0;
  }

  /**
   * The files that may refer to something else than certain files: all that do, and the few that write a key otherwise.
   *
   * @param isTarget whether a file, by its number, can be referred to
   */
  referringElsewhere(isTarget: (file: number) => boolean): number[] {
    const files = [...this.keys.keys()];
    const targets = new FingerprintSet(this.#keyPrints, files.filter(isTarget));
    return files.filter((file) => !this.refersOnlyTo(targets, file));
  }

  private refersOnlyTo(targets: FingerprintSet, file: number): boolean {
    const end = this.endOf(file, this.#referencesBefore, this.#references);
    for (let index = this.#referencesBefore.at(file); index < end; index++) {
      if (!targets.has(this.#references, index)) return false;
    }
    return true;
  }

  /** The last field of that name, which is the one that counts; unknown if a key is written with an escape. */
  private fieldNamed(file: number, name: string): number | 'unknown' | undefined {
    const end = this.endOf(file, this.#fieldsBefore, this.#fieldKeys);
    for (let index = end - 1; index >= this.#fieldsBefore.at(file); index--) {
      const match = matchKey(this.bytes, this.#fieldKeys.at(index), name);
      if (match === 'unknown') return 'unknown';
      if (match) return index;
    }
    return undefined;
  }

  private endOf(file: number, before: Positions, all: { readonly length: number }): number {
    return file + 1 < before.length ? before.at(file + 1) : all.length;
  }
}

/** Whether the key whose text begins at `start` is this name (of ASCII letters, as all of GraphQL's names). */
function matchKey(bytes: Buffer, start: number, name: string): boolean | 'unknown' {
  let isSame = true;
  for (let index = 0; ; index++) {
    const byte = bytes[start + index];
    if (byte === BACKSLASH) return 'unknown';
    if (byte === QUOTE) return isSame && index === name.length;
    isSame &&= byte === name.charCodeAt(index);
  }
}
