/** An address that stands in a line of text. */
export interface FoundAddress {
  readonly address: string;
  readonly type: string;
  /** The key of a deposed object, where the line names one. */
  readonly deposed: string | undefined;
  /** Where it begins in the line; what stands before is not Terraform's. */
  readonly start: number;
}

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_-]*`;
const KEY = String.raw`(?:\[(?:\d{1,9}|"(?:[^"\\]|\\.)*")\])?`;
const ADDRESS = String.raw`(?:module\.${NAME}${KEY}\.)*(?:data\.)?(?<type>${NAME})\.${NAME}${KEY}`;
const DEPOSED = String.raw`(?: \(deposed object (?<deposed>\w+)\))?`;
const SOURCE = `(?<address>${ADDRESS})${DEPOSED}`;

/** Whole addresses are shorter; what is longer is not looked at, so that no line takes long. */
const WINDOW = 2048;
/** Words in front of an address that are tried as its beginning. */
const MAX_STARTS = 256;

/** The address that begins at a place in a line; `end` is where what belongs to it ends. */
export function addressAt(line: string, start: number): (FoundAddress & { end: number }) | undefined {
  const pattern = new RegExp(SOURCE, 'uy');
  pattern.lastIndex = start;
  const groups = pattern.exec(line)?.groups;
  const { address, type, deposed } = groups ?? {};
  if (address === undefined || type === undefined) return undefined;
  return { address, type, deposed, start, end: pattern.lastIndex };
}

/** The longest address that ends at a place in a line, whatever stands in front of it. */
export function addressBefore(line: string, end: number): FoundAddress | undefined {
  const from = Math.max(0, end - WINDOW);
  const text = line.slice(from, end);
  const starts = /(?<![\p{L}\p{N}_.-])[\p{L}_]/gu;
  for (let tries = 0; tries < MAX_STARTS; tries += 1) {
    const start = starts.exec(text)?.index;
    if (start === undefined) return undefined;
    const found = addressAt(text, start);
    if (found?.end === text.length) return { ...found, start: from + start };
  }
  return undefined;
}
