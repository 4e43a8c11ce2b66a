import type { JsonObject } from './json.js';
import type { FileTable } from './scan/file-table.js';

/** Makes what is served of a file's parsed content. */
export type CompleteFile<T> = (content: JsonObject, key: string) => T;

/** Files that are parsed when somebody first asks for them: bundle key → file, in the order of the bundle. */
export class LazyFiles<T extends object> implements ReadonlyMap<string, T> {
  /** Files that have been parsed, and the numbers of those that have not. */
  readonly #files: Map<string, T | number>;

  /** @param files key → number in the table; becomes part of this */
  constructor(
    protected readonly table: FileTable,
    files: Map<string, number>,
    private readonly complete: CompleteFile<T>,
  ) {
    this.#files = files;
  }

  get size(): number {
    return this.#files.size;
  }

  has(key: string): boolean {
    return this.#files.has(key);
  }

  get(key: string): T | undefined {
    const file = this.#files.get(key);
    return typeof file === 'number' ? this.parse(key, file) : file;
  }

  keys(): MapIterator<string> {
    return this.#files.keys();
  }

  *values(): MapIterator<T> {
    for (const [, file] of this) yield file;
  }

  *entries(): MapIterator<[string, T]> {
    for (const [key, file] of this.#files)
      yield [key, typeof file === 'number' ? this.parse(key, file) : file];
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  forEach(visit: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [key, file] of this) visit(file, key, this);
  }

  private parse(key: string, file: number): T {
    const content = this.complete(this.table.parse(file), key);
    this.#files.set(key, content);
    return content;
  }
}
