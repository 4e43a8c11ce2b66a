import { spaceEnd } from '../../json-scan/json-words.js';
import type { Span } from '../document/members.js';
import type { SpanWriter } from './span-writer.js';

/** An element of an array or a member of an object. */
export interface Item {
  /** Where it was; undefined: it is new here, and laid out as the others are. */
  readonly place: Span | undefined;
  readonly write: (out: SpanWriter) => void;
}

const COMMA = 0x2c;
const SPACE = 0x20;

/**
 * Writes an array or an object anew, with the same or other items; white space stays as it is.
 *
 * @param sequence where it is, brackets included
 * @param model another one, with items, whose white space to take where this one has none
 */
export function writeSequence(
  out: SpanWriter,
  sequence: Span,
  items: Iterable<Item>,
  model: Span = sequence,
): void {
  const { bytes } = out;
  const layout = isEmpty(bytes, sequence) ? model : sequence;
  const first = { start: layout.start + 1, end: spaceEnd(bytes, layout.start + 1) };
  let previous: Item | undefined;
  out.span(sequence.start, sequence.start + 1);
  for (const item of items) {
    if (previous !== undefined) writeComma(out, previous);
    const lead =
      previous === undefined || item.place === undefined ? first : spaceBefore(bytes, item.place.start);
    out.span(lead.start, lead.end);
    item.write(out);
    previous = item;
  }
  if (previous !== undefined) {
    const last = spaceBefore(bytes, layout.end - 1);
    out.span(last.start, last.end);
  }
  out.span(sequence.end - 1, sequence.end);
}

/** With the space before it, if that is where the item was. */
function writeComma(out: SpanWriter, { place }: Item): void {
  const comma = place === undefined ? -1 : spaceEnd(out.bytes, place.end);
  if (place !== undefined && out.bytes[comma] === COMMA) out.span(place.end, comma + 1);
  else out.text(',');
}

function isEmpty(bytes: Buffer, { start, end }: Span): boolean {
  return spaceEnd(bytes, start + 1) === end - 1;
}

function spaceBefore(bytes: Buffer, position: number): Span {
  let start = position;
  while ((bytes[start - 1] ?? SPACE + 1) <= SPACE) start--;
  return { start, end: position };
}
