import type { FailedError } from '../../../errors.js';
import { sourceError, type Source } from '../source-error.js';

export const TAB = 9;
export const BREAK = 10;
export const SPACE = 32;
const HASH = 35;
const DASH = 45;
const DOT = 46;

/** A place in the text of one YAML document, and the moves that every part of the grammar makes. */
export class Cursor {
  readonly text: string;
  at = 0;
  /** Where the current line begins. */
  lineStart = 0;
  /** Where the content of the current line begins, once `toContent` has been there. */
  #content = -1;
  readonly #source: Source;

  /** @param source its lines end in `\n` */
  constructor(source: Source) {
    this.#source = source;
    this.text = source.text;
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  /** Whether nothing stands before the cursor on its line. */
  get startsLine(): boolean {
    return this.at === this.#content;
  }

  /** Whether the document ends here: at the end of the text, or at a line `---` or `...`. */
  get atEnd(): boolean {
    return this.at >= this.text.length || this.isMarker();
  }

  /** The UTF-16 unit under the cursor, or a few further on; NaN at the end of the text. */
  peek(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** Whether the character is this one, and ends there: a blank, a line end or the end of the text follows. */
  isIndicator(character: string): boolean {
    return this.text[this.at] === character && this.isBlank(1);
  }

  /** Whether a blank, a line end or the end of the text is under the cursor, or a few characters further on. */
  isBlank(ahead = 0): boolean {
    return isBlank(this.peek(ahead));
  }

  /** Whether this is a line `---` or `...`, which no document goes beyond. */
  isMarker(): boolean {
    const first = this.peek();
    if ((first !== DASH && first !== DOT) || this.at !== this.lineStart) return false;
    return this.peek(1) === first && this.peek(2) === first && this.isBlank(3);
  }

  /** Moves over spaces and tabs. */
  skipBlanks(): void {
    while (this.peek() === SPACE || this.peek() === TAB) this.at++;
  }

  /** Moves past the line end under the cursor. */
  nextLine(): void {
    this.at++;
    this.lineStart = this.at;
  }

  /** Moves over blanks, comments and line ends to the next content, or to the end. @throws for tabs that indent it */
  toContent(inFlow = false): void {
    let newLine = this.at === this.lineStart;
    for (;;) {
      this.skipBlanks();
      if (this.peek() === HASH) this.#skipComment();
      if (this.peek() !== BREAK) break;
      this.nextLine();
      newLine = true;
    }
    if (!newLine) return;
    this.#content = this.at;
    if (!inFlow && this.at < this.text.length) this.checkIndentation(this.column);
  }

  /** @throws FailedError when there is a tab in the first columns of the line */
  checkIndentation(columns: number): void {
    for (let at = this.lineStart; at < this.lineStart + columns; at++) {
      if (this.text.charCodeAt(at) === TAB)
        throw this.error('a tab indents this line', at, 'indent with spaces');
    }
  }

  /** A problem at the cursor, or at another place. @returns FailedError for the caller to throw */
  error(problem: string, at = this.at, hint?: string): FailedError {
    return sourceError(this.#source, at, problem, hint === undefined ? {} : { hint });
  }

  #skipComment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
  }
}

/** Whether a UTF-16 unit separates: a space, a tab, a line end, or NaN for the end of the text. */
export function isBlank(unit: number): boolean {
  return unit === SPACE || unit === BREAK || unit === TAB || Number.isNaN(unit);
}
