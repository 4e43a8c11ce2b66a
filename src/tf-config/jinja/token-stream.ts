import { templateError } from './errors.js';
import type { Token, TokenType } from './tokens.js';

/** The tokens of a template, one at a time. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get current(): Token {
    return this.#at(this.#position);
  }

  next(): Token {
    const token = this.current;
    this.#position += 1;
    return token;
  }

  /** Whether the current token is this one. */
  is(type: TokenType, value?: string): boolean {
    return matches(this.current, type, value);
  }

  /** Whether the token after the current one is this one. */
  isNext(type: TokenType, value?: string): boolean {
    return matches(this.#at(this.#position + 1), type, value);
  }

  isName(...names: string[]): boolean {
    return this.current.type === 'name' && names.includes(this.current.value);
  }

  isOperator(...operators: string[]): boolean {
    return this.current.type === 'operator' && operators.includes(this.current.value);
  }

  /** Takes the current token if it is this one. */
  skip(type: TokenType, value?: string): boolean {
    const found = this.is(type, value);
    if (found) this.#position += 1;
    return found;
  }

  /** @throws FailedError when the current token is another one */
  expect(type: TokenType, value?: string): Token {
    if (!this.is(type, value)) throw this.unexpected(value ?? type);
    return this.next();
  }

  unexpected(wanted?: string): Error {
    const { type, value, line } = this.current;
    const found = value === '' ? `the ${type}` : value;
    return templateError(`line ${line}: unexpected ${found}${wanted === undefined ? '' : `, not ${wanted}`}`);
  }

  /** Behind the last token there is nothing but that one again. */
  #at(position: number): Token {
    const token = this.#tokens[Math.min(position, this.#tokens.length - 1)];
    if (token === undefined) throw templateError('there are no tokens');
    return token;
  }
}

function matches(token: Token, type: TokenType, value: string | undefined): boolean {
  return token.type === type && (value === undefined || token.value === value);
}
