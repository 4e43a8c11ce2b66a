import { decode } from '../../json-scan/decode.js';
import { JsonScanner } from '../../json-scan/json-scanner.js';

/** Where something lies in a document's bytes: from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A member of an object: it spans its name (with the quotes), the colon and the value. */
export interface Member extends Span {
  readonly name: string;
  readonly valueStart: number;
}

/** The members of the object that begins at `start`, which has been scanned before. */
export function membersOf(bytes: Buffer, start: number): Member[] {
  const scanner = new JsonScanner(bytes);
  const members: Member[] = [];
  scanner.objectEnd(start, (nameStart, nameEnd, valueStart) => {
    const end = scanner.valueEnd(valueStart);
    members.push({ name: decode(bytes, nameStart, nameEnd), start: nameStart - 1, valueStart, end });
    return end;
  });
  return members;
}
