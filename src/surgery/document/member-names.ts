import { decode } from '../../json-scan/decode.js';
import { InvalidState } from './invalid-state.js';

/** Far more members than any version of Terraform or OpenTofu writes. */
const MAX_UNKNOWN = 100;

/**
 * Tells the members of objects of one kind apart by their names, and refuses what different readers of JSON would
 * understand differently: a name that occurs twice, and one that Terraform would take for a name that it knows (it does not
 * tell upper from lower case) though it is written otherwise.
 */
export class MemberNames<Name extends string> {
  readonly #byLength: { name: Name; bytes: Buffer; bit: number }[][] = [];
  readonly #folded: ReadonlySet<string>;
  #seen = 0;
  #unknown: string[] = [];

  constructor(known: readonly Name[]) {
    for (const [index, name] of known.entries()) {
      (this.#byLength[name.length] ??= []).push({ name, bytes: Buffer.from(name), bit: 1 << index });
    }
    this.#folded = new Set<string>([...known, '__proto__']);
  }

  /** An object begins. */
  begin(): void {
    this.#seen = 0;
    if (this.#unknown.length > 0) this.#unknown = [];
  }

  /** The name between these positions, if it is a known one. @throws InvalidState */
  see(bytes: Buffer, start: number, end: number): Name | undefined {
    for (const known of this.#byLength[end - start] ?? []) {
      if (!isAt(bytes, start, known.bytes)) continue;
      if ((this.#seen & known.bit) !== 0) throw new InvalidState(`"${known.name}" occurs twice in an object`);
      this.#seen |= known.bit;
      return known.name;
    }
    this.seeUnknown(decode(bytes, start, end));
    return undefined;
  }

  private seeUnknown(name: string): void {
    // Upper case first: it makes an S of the long s, as Terraform does.
    const folded = name.toUpperCase().toLowerCase();
    if (this.#folded.has(folded)) throw new InvalidState(`a member is named ${JSON.stringify(name)}`);
    if (this.#unknown.includes(name)) throw new InvalidState('a name occurs twice in an object');
    if (this.#unknown.length === MAX_UNKNOWN) throw new InvalidState('an object has too many members');
    this.#unknown.push(name);
  }
}

/** Faster than to ask the engine to compare so few bytes. */
function isAt(bytes: Buffer, start: number, text: Buffer): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[start + index] !== text[index]) return false;
  return true;
}
