import { addressBefore, type FoundAddress } from './found-address.js';

/** What a line says of the reading of one resource. */
export interface ResourceLine extends FoundAddress {
  /** `refreshing`: begun, and its end is not told. `reading` and `read` are the two ends of a data source. */
  readonly what: 'refreshing' | 'reading' | 'read';
  readonly id: string | undefined;
  readonly elapsedMs: number | undefined;
}

/** The sentences after the address, the same since Terraform 0.12. */
const SENTENCES: readonly (readonly [sentence: string, what: ResourceLine['what']])[] = [
  [': Refreshing state...', 'refreshing'],
  [': Reading...', 'reading'],
  [': Read complete after ', 'read'],
];

const ID = /\[id=(.*)\]\s*$/s;
const ELAPSED = /^(?:(\d+)h)?(?:(\d+)m)?(\d+)s/;

/** Reads a line such as `aws_iam_user.a: Refreshing state... [id=a]`, with anything in front of it. */
export function resourceLine(line: string): ResourceLine | undefined {
  for (const [sentence, what] of SENTENCES) {
    const end = line.indexOf(sentence);
    const found = end === -1 ? undefined : addressBefore(line, end);
    if (found === undefined) continue;
    const rest = line.slice(end + sentence.length);
    const elapsedMs = what === 'read' ? elapsedOf(rest) : undefined;
    return { ...found, what, id: ID.exec(rest)?.[1], elapsedMs };
  }
  return undefined;
}

/** `1h2m3s` in milliseconds. */
function elapsedOf(text: string): number | undefined {
  const [whole, hours = '0', minutes = '0', seconds = '0'] = ELAPSED.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}
