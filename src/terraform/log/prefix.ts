/** What CI systems, container runtimes and loggers put in front of every line. */
const TOKENS: readonly RegExp[] = [
  // 2026-11-23T10:00:00.123Z, 2026-11-23 10:00:00,123
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/y,
  /\d\d:\d\d:\d\d(?:[.,]\d+)?(?= )/y,
  // GitLab: the stream and whether the line goes on
  /\d\d[OE](?:\+| |$)/y,
  // [account - plan], [2026-11-23T10:00:00Z], [terraform_client.py:check_output:642]
  /\[[^\][]{1,100}\]/y,
  /(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|STDOUT|STDERR)(?=[ :])/y,
  /(?:terraform|tofu): /y,
  /[-|:](?= |$)/y,
];

const HEADING = /^(.{1,200}?)(?:Error|Warning): /;

const MAX_TOKENS = 12;
const DIGIT = /\d/;

/**
 * Tells Terraform's text from what stands in front of it. A prefix of known parts is taken off at once; one of another kind
 * is learnt where a line shows it, and taken off the lines that begin alike (digits may differ).
 */
export class LinePrefix {
  #learnt: string | undefined;
  #previous = '';

  /** @param prefix what stood in front of a line of which it is sure where Terraform's text begins */
  learn(prefix: string): void {
    if (prefix.trim() !== '') this.#learnt = prefix;
  }

  /** A line without what stands in front of Terraform's text. */
  strip(line: string): string {
    this.#learnFromHeading(line);
    this.#previous = line;
    const learnt = this.#learnt;
    if (learnt !== undefined && isAlike(line, learnt)) return line.slice(learnt.length);
    return line.slice(knownPrefix(line));
  }

  /** Terraform leaves a line empty above the heading of a diagnostic: what stands there is the prefix and nothing else. */
  #learnFromHeading(line: string): void {
    if (!line.includes('Error: ') && !line.includes('Warning: ')) return;
    const [, prefix = ''] = HEADING.exec(line) ?? [];
    const isWhole = this.#previous.trimEnd().length <= prefix.length && isAlike(this.#previous, prefix);
    if (prefix !== '' && isWhole) this.learn(prefix);
  }
}

/** How many characters the known parts at the beginning of a line have. */
function knownPrefix(line: string): number {
  // Most lines of a plan are indented, and have no prefix of this kind.
  if (line.startsWith(' ')) return 0;
  let at = 0;
  for (let count = 0; count < MAX_TOKENS; count += 1) {
    const next = endOfToken(line, at);
    if (next === at) break;
    // One space belongs to the prefix; more are Terraform's indentation.
    at = line[next] === ' ' ? next + 1 : next;
  }
  return at;
}

function endOfToken(line: string, at: number): number {
  for (const token of TOKENS) {
    token.lastIndex = at;
    const end = token.test(line) ? token.lastIndex : at;
    if (end > at) return end;
  }
  return at;
}

/** Whether a line begins as the prefix does, but for digits; a line that ends before it does is an empty one. */
function isAlike(line: string, prefix: string): boolean {
  const length = Math.min(line.length, prefix.length);
  if (length < prefix.trimEnd().length) return false;
  for (let index = 0; index < length; index += 1) {
    const [a = '', b = ''] = [line[index], prefix[index]];
    if (a !== b && !(DIGIT.test(a) && DIGIT.test(b))) return false;
  }
  return true;
}
