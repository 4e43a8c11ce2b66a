import { JsonSyntaxError } from './json-syntax-error.js';
import { spaceEnd, stringEnd, wordEnd } from './json-words.js';

/** Is told where the text begins and ends that an object has in `$ref`, if it has no other key. */
export type ReferenceVisitor = (start: number, end: number) => void;

/** Is told where an element of an array begins. Returns where it ends. */
export type ElementVisitor = (at: number) => number;

/** Is told of each member of an object: where its key's text is, and where its value begins. Returns where that ends. */
export type MemberVisitor = (keyStart: number, keyEnd: number, valueAt: number) => number;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACKET = 0x5d;
const CLOSE_BRACE = 0x7d;

/** In ASCII, from `[` to `]` and from `{` to `}`. */
const TO_CLOSER = 2;

const REFERENCE_KEY = new TextEncoder().encode('"$ref"');

/** Bundles stay below 20, states below 50. */
const MAX_DEPTH = 1000;

/**
 * Walks over JSON text (RFC 8259) without making anything of it: checks that it is JSON and finds the references in it, in a
 * fraction of the time and memory of JSON.parse. Positions are byte offsets.
 */
export class JsonScanner {
  /** What closes the arrays and objects that are open. */
  readonly #closers = new Uint8Array(MAX_DEPTH);

  constructor(
    private readonly bytes: Uint8Array,
    private readonly onReference: ReferenceVisitor = ignore,
  ) {}

  /**
   * The position after the value that begins at `at`. Iterative, which is faster than a recursive descent, and bounded.
   *
   * @throws JsonSyntaxError
   */
  valueEnd(at: number): number {
    const { bytes } = this;
    const closers = this.#closers;
    let depth = 0;
    let position = at;
    for (;;) {
      const byte = bytes[position];
      if (byte === QUOTE) position = stringEnd(bytes, position);
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        const first = spaceEnd(bytes, position + 1);
        if (bytes[first] !== byte + TO_CLOSER) {
          if (depth === MAX_DEPTH) throw new JsonSyntaxError(bytes, position);
          closers[depth++] = byte + TO_CLOSER;
          position = byte === OPEN_BRACE ? this.firstMember(first) : first;
          continue;
        }
        position = first + 1;
      } else position = wordEnd(bytes, position);
      while (depth > 0) {
        position = spaceEnd(bytes, position);
        if (bytes[position] !== closers[depth - 1]) break;
        depth--;
        position++;
      }
      if (depth === 0) return position;
      if (bytes[position] !== COMMA) throw new JsonSyntaxError(bytes, position);
      position = spaceEnd(bytes, position + 1);
      if (closers[depth - 1] === CLOSE_BRACE) position = keyEnd(bytes, position);
    }
  }

  /**
   * The position after the object that begins at `at`, of whose members a visitor is told.
   *
   * @throws JsonSyntaxError
   */
  objectEnd(at: number, visit: MemberVisitor): number {
    const { bytes } = this;
    if (bytes[at] !== OPEN_BRACE) throw new JsonSyntaxError(bytes, at);
    let position = spaceEnd(bytes, at + 1);
    if (bytes[position] === CLOSE_BRACE) return position + 1;
    for (;;) {
      const textEnd = stringEnd(bytes, position);
      const end = spaceEnd(bytes, visit(position + 1, textEnd - 1, colonEnd(bytes, textEnd)));
      if (bytes[end] === CLOSE_BRACE) return end + 1;
      if (bytes[end] !== COMMA) throw new JsonSyntaxError(bytes, end);
      position = spaceEnd(bytes, end + 1);
    }
  }

  /**
   * The position after the array that begins at `at`, of whose elements a visitor is told.
   *
   * @throws JsonSyntaxError
   */
  arrayEnd(at: number, visit: ElementVisitor): number {
    const { bytes } = this;
    if (bytes[at] !== OPEN_BRACKET) throw new JsonSyntaxError(bytes, at);
    let position = spaceEnd(bytes, at + 1);
    if (bytes[position] === CLOSE_BRACKET) return position + 1;
    for (;;) {
      const end = spaceEnd(bytes, visit(position));
      if (bytes[end] === CLOSE_BRACKET) return end + 1;
      if (bytes[end] !== COMMA) throw new JsonSyntaxError(bytes, end);
      position = spaceEnd(bytes, end + 1);
    }
  }

  /** Where the value of an object's first member begins; tells if the object is a reference. */
  private firstMember(at: number): number {
    const { bytes } = this;
    const valueAt = keyEnd(bytes, at);
    if (bytes[valueAt] === QUOTE && isReferenceKey(bytes, at)) {
      const end = stringEnd(bytes, valueAt);
      if (bytes[spaceEnd(bytes, end)] === CLOSE_BRACE) this.onReference(valueAt + 1, end - 1);
    }
    return valueAt;
  }
}

function ignore(): void {
  // Most texts have no references that anybody wants to know of.
}

function isReferenceKey(bytes: Uint8Array, at: number): boolean {
  for (let index = 1; index < REFERENCE_KEY.length; index++) {
    if (bytes[at + index] !== REFERENCE_KEY[index]) return false;
  }
  return true;
}

/** A key, its colon, and the space around that. */
function keyEnd(bytes: Uint8Array, at: number): number {
  return colonEnd(bytes, stringEnd(bytes, at));
}

function colonEnd(bytes: Uint8Array, at: number): number {
  const position = spaceEnd(bytes, at);
  if (bytes[position] !== COLON) throw new JsonSyntaxError(bytes, position);
  return spaceEnd(bytes, position + 1);
}
