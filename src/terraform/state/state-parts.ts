import type { Json } from '../../json.js';
import { decode } from '../../json-scan/decode.js';
import { JsonScanner } from '../../json-scan/json-scanner.js';
import { spaceEnd } from '../../json-scan/json-words.js';
import { Positions } from '../../json-scan/positions.js';

const OPEN_BRACKET = 0x5b;

/** A state document, of which nothing is parsed but what stands around its resources. */
export interface StateParts {
  /** The whole document, with an empty list of resources; where they are no list, with what they are. */
  readonly head: Json;
  /** The JSON text of each resource; made anew at each call. */
  readonly resources: () => Iterable<string>;
}

/** Finds the resources of a state document, which is JSON all through. @throws JsonSyntaxError, SyntaxError */
export function statePartsOf(state: Uint8Array): StateParts {
  const bytes = Buffer.from(state.buffer, state.byteOffset, state.byteLength);
  const scanner = new JsonScanner(bytes);
  let [starts, ends] = [new Positions(), new Positions()];
  let [open, close] = [0, 0];
  const resourceEnd = (at: number): number => {
    const end = scanner.valueEnd(at);
    starts.push(at);
    ends.push(end);
    return end;
  };
  scanner.objectEnd(spaceEnd(bytes, 0), (keyStart, keyEnd, at) => {
    if (decode(bytes, keyStart, keyEnd) !== 'resources') return scanner.valueEnd(at);
    // Of a key that comes twice the last one counts.
    [starts, ends] = [new Positions(), new Positions()];
    if (bytes[at] !== OPEN_BRACKET) return scanner.valueEnd(at);
    const end = scanner.arrayEnd(at, resourceEnd);
    [open, close] = [at + 1, end - 1];
    return end;
  });
  const textOf = (from: number, to: number): string => bytes.toString('utf8', from, to);
  return {
    head: JSON.parse(textOf(0, open) + textOf(close, bytes.length)) as Json,
    resources: function* () {
      for (let index = 0; index < starts.length; index += 1) yield textOf(starts.at(index), ends.at(index));
    },
  };
}
