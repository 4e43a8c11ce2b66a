/** Rows of a few numbers below 2³² each, in a fraction of the memory that as many objects take. */
export class Table {
  #cells: Uint32Array;
  #length = 0;

  constructor(private readonly columns: number) {
    this.#cells = new Uint32Array(columns * 64);
  }

  /** How many rows there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds a row of zeros. @returns its number */
  add(): number {
    if ((this.#length + 1) * this.columns > this.#cells.length) {
      const larger = new Uint32Array(2 * this.#cells.length);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    return this.#length++;
  }

  get(row: number, column: number): number {
    return this.#cells[row * this.columns + column] ?? 0;
  }

  set(row: number, column: number, value: number): void {
    this.#cells[row * this.columns + column] = value;
  }
}
