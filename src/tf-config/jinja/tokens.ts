import { templateError } from './errors.js';

/** The delimiters of a template's tags. */
export interface Delimiters {
  readonly block: readonly [begin: string, end: string];
  readonly output: readonly [begin: string, end: string];
  readonly comment: readonly [begin: string, end: string];
}

export type TokenType =
  /** Text between tags, to be copied. */
  | 'text'
  | 'block begin'
  | 'output begin'
  | 'tag end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'template end';

export interface Token {
  readonly type: TokenType;
  readonly value: string;
  readonly line: number;
}

const OPERATOR = /\/\/|\*\*|==|!=|<=|>=|[-+/*%~[\](){}<>=.:|,;]/y;
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{N}\p{M}_]*/uy;
const FLOAT = /(?<!\.)[\d_]*\d(?:(?:\.[\d_]*\d)?e[+-]?[\d_]*\d|\.[\d_]*\d)/iy;
const INTEGER = /\d(?:_?\d)*/y;
const STRING = /'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"/y;
const SPACE = /\s+/y;

const TERMS: readonly (readonly [type: TokenType, pattern: RegExp])[] = [
  ['float', FLOAT],
  ['integer', INTEGER],
  ['name', NAME],
  ['string', STRING],
  ['operator', OPERATOR],
];

const KINDS = ['comment', 'block', 'output'] as const;

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * The tokens of a Jinja2 template, as its default environment makes them: line ends become `\n`, one at the very end is
 * dropped, `-` inside a delimiter takes away the white space next to it. @throws FailedError naming the line
 */
export function tokenize(source: string, delimiters: Delimiters): Token[] {
  return new Tokenizer(source.replaceAll(/\r\n|\r/g, '\n').replace(/\n$/, ''), delimiters).all();
}

class Tokenizer {
  readonly #tokens: Token[] = [];
  readonly #anyTag: RegExp;
  #position = 0;
  readonly #counted = { position: 0, line: 1 };

  constructor(
    private readonly source: string,
    private readonly delimiters: Delimiters,
  ) {
    const begins = KINDS.map((kind) => escaped(delimiters[kind][0]));
    this.#anyTag = new RegExp(`(${begins.join('|')})([-+]?)`, 'g');
  }

  all(): Token[] {
    for (let tag = this.#nextTag(); tag !== undefined; tag = this.#nextTag()) {
      this.#textUntil(tag.index, tag.strip);
      this.#position = tag.after;
      this.#tag(tag.kind);
    }
    this.#textUntil(this.source.length, false);
    this.#add('template end', '');
    return this.#tokens;
  }

  /** The delimiter that begins the next tag, with its white-space control. */
  #nextTag(): { kind: keyof Delimiters; index: number; after: number; strip: boolean } | undefined {
    this.#anyTag.lastIndex = this.#position;
    const match = this.#anyTag.exec(this.source);
    if (match === null) return undefined;
    const [, begin, sign] = match;
    const kind = KINDS.find((candidate) => this.delimiters[candidate][0] === begin) ?? 'output';
    return { kind, index: match.index, after: this.#anyTag.lastIndex, strip: sign === '-' };
  }

  #tag(kind: keyof Delimiters): void {
    const [, end] = this.delimiters[kind];
    if (kind === 'comment') {
      this.#skipPast(new RegExp(`(-)?${escaped(end)}`, 'g'), 'a comment');
      return;
    }
    if (kind === 'block' && this.#raw()) return;
    this.#add(kind === 'block' ? 'block begin' : 'output begin', '');
    this.#terms(end);
  }

  /** The text of `raw` … `endraw`, if this is such a block. */
  #raw(): boolean {
    const [begin, end] = this.delimiters.block.map(escaped) as [string, string];
    const opening = new RegExp(`\\s*raw\\s*(?:-${end}\\s*|${end})`, 'y');
    opening.lastIndex = this.#position;
    if (!opening.test(this.source)) return false;
    this.#position = opening.lastIndex;
    const start = this.#position;
    const closing = new RegExp(`${begin}([-+]?)\\s*endraw\\s*(?:\\+${end}|(-)${end}|${end})`, 'g');
    const match = this.#skipPast(closing, 'a raw block', 2);
    const text = this.source.slice(start, match.index);
    this.#addText(match[1] === '-' ? text.trimEnd() : text);
    return true;
  }

  /** Moves past the next match, and past the white space after it when the match's group `strip` is there. */
  #skipPast(pattern: RegExp, what: string, strip = 1): RegExpExecArray {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.source);
    if (match === null) throw this.#error(`${what} is not closed`);
    this.#position = pattern.lastIndex;
    if (match[strip] !== undefined) this.#skipSpace();
    return match;
  }

  #terms(end: string): void {
    const open: string[] = [];
    for (;;) {
      this.#skipSpace();
      if (open.length === 0 && this.#tagEnd(end)) return;
      const [type, value] = this.#term();
      if (type === 'operator') balance(open, value, (message) => this.#error(message));
      this.#add(type, value);
      this.#position += value.length;
    }
  }

  #tagEnd(end: string): boolean {
    const sign = /[-+]/.test(this.source[this.#position] ?? '') ? 1 : 0;
    if (!this.source.startsWith(end, this.#position + sign)) return false;
    const strip = this.source[this.#position] === '-';
    this.#add('tag end', '');
    this.#position += sign + end.length;
    if (strip) this.#skipSpace();
    return true;
  }

  #term(): readonly [TokenType, string] {
    for (const [type, pattern] of TERMS) {
      pattern.lastIndex = this.#position;
      const value = pattern.exec(this.source)?.[0];
      if (value !== undefined) return [type, value];
    }
    const character = this.source[this.#position];
    throw this.#error(character === undefined ? 'a tag is not closed' : `unexpected character ${character}`);
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#position;
    if (SPACE.test(this.source)) this.#position = SPACE.lastIndex;
  }

  #textUntil(index: number, strip: boolean): void {
    const text = this.source.slice(this.#position, index);
    this.#addText(strip ? text.trimEnd() : text);
  }

  #addText(text: string): void {
    if (text !== '') this.#add('text', text);
  }

  #add(type: TokenType, value: string): void {
    this.#tokens.push({ type, value, line: this.#line() });
  }

  /** Counts on from where it was asked last. */
  #line(): number {
    this.#counted.line += this.source.slice(this.#counted.position, this.#position).split('\n').length - 1;
    this.#counted.position = this.#position;
    return this.#counted.line;
  }

  #error(message: string): Error {
    return templateError(`line ${this.#line()}: ${message}`);
  }
}

function balance(open: string[], operator: string, error: (message: string) => Error): void {
  const closing = CLOSING[operator];
  if (closing !== undefined) open.push(closing);
  else if (/[)\]}]/.test(operator) && open.pop() !== operator) throw error(`unexpected ${operator}`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
