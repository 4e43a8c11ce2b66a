import { UsageError } from '../../errors.js';
import type { InstanceKey } from './address.js';

/** Longer addresses are not met, and would only be costly to show. */
const MAX_LENGTH = 4096;

/** HCL identifiers: letters, digits, underscores and hyphens, not starting with a digit or a hyphen. */
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const INDEX = /\d{1,9}/y;
const ESCAPE = /\\(?:([nrt"\\])|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/y;

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Reads an address from left to right. What does not fit throws a `UsageError` `AddressInvalid` with the place. */
export class AddressReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    if (text.length > MAX_LENGTH) {
      throw new UsageError('AddressInvalid', `an address has at most ${MAX_LENGTH} characters`);
    }
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  startsModule(): boolean {
    return this.#text.startsWith('module.', this.#at);
  }

  identifier(what: string): string {
    return this.#match(IDENTIFIER) ?? this.#fail(what);
  }

  expect(character: string): void {
    if (this.#text[this.#at] !== character) this.#fail(`"${character}"`);
    this.#at += 1;
  }

  expectEnd(): void {
    if (!this.atEnd()) this.#fail('the end');
  }

  /** `[0]` or `["x"]`, or nothing. */
  key(): InstanceKey {
    if (this.#text[this.#at] !== '[') return undefined;
    this.#at += 1;
    const key =
      this.#text[this.#at] === '"'
        ? this.#quoted()
        : Number(this.#match(INDEX) ?? this.#fail('a number or a quoted key'));
    this.expect(']');
    return key;
  }

  #quoted(): string {
    let text = '';
    this.#at += 1;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) return this.#fail('a closing quote');
      if (character === '"') break;
      text += this.#quotedPart(character);
    }
    this.#at += 1;
    return text;
  }

  #quotedPart(character: string): string {
    if (character === '\\') return this.#escape();
    const isTemplate = (character === '$' || character === '%') && this.#text.startsWith('{', this.#at + 1);
    if (isTemplate) return this.#fail(`${character}${character}{ (a template has no place in an address)`);
    const isLiteral =
      this.#text.startsWith(`${character}${character}{`, this.#at) && '$%'.includes(character);
    this.#at += isLiteral ? 3 : 1;
    return isLiteral ? `${character}{` : character;
  }

  #escape(): string {
    ESCAPE.lastIndex = this.#at;
    const found = ESCAPE.exec(this.#text);
    const [whole = '', short, four, eight] = found ?? [];
    const code = Number.parseInt(four ?? eight ?? '0', 16);
    if (found === null || code > 0x10_ff_ff) return this.#fail('an escape that HCL knows');
    this.#at += whole.length;
    return short === undefined ? String.fromCodePoint(code) : (ESCAPED[short] ?? '');
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  /** Nowhere but in a quoted key may an asterisk stand, and nothing is read there that could go wrong at one. */
  #fail(expected: string): never {
    if (this.#text[this.#at] === '*') throw hasWildcard(this.#text);
    const found = this.atEnd() ? 'the end' : `"${this.#text.slice(this.#at, this.#at + 12)}"`;
    throw new UsageError(
      'AddressInvalid',
      `${this.#text} is no Terraform address: at character ${this.#at + 1} stands ${found} where ${expected} should`,
      { hint: 'quote an address with a key for the shell: \'aws_sqs_queue.q["a"]\'' },
    );
  }
}

function hasWildcard(text: string): UsageError {
  return new UsageError('AddressInvalid', `${text} has a wildcard; Terraform's addresses have none`, {
    hint: 'name each resource or instance, or a whole module; tfrepair state list shows them',
  });
}
