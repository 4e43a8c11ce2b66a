interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

interface Match {
  readonly offer: string;
  readonly quality: number;
  /** 2 for `a/b`, 1 for `a/*`, 0 for `*` + `/*`. */
  readonly specificity: number;
  /** Place in the header. */
  readonly position: number;
}

/** The essence (`type/subtype`, lower case) and the charset of a Content-Type header. */
export function parseContentType(header: string | undefined): {
  essence: string;
  charset: string | undefined;
} {
  const [essence = '', ...parameters] = (header ?? '').toLowerCase().split(';');
  const charset = parameters
    .map((text) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/.exec(text)?.[1])
    .find(Boolean);
  return { essence: essence.trim(), charset };
}

/**
 * The offered media type that an Accept header likes best (RFC 9110, 12.5.1), the first of equals; undefined when it
 * takes none of them. Without a header everything is welcome.
 */
export function preferredType(accept: string | undefined, offers: readonly string[]): string | undefined {
  if (accept === undefined || accept === '') return offers[0];
  const ranges = accept.split(',').map(parseRange);
  const matches = offers.map((offer) => bestMatch(offer, ranges)).filter((match) => match.quality > 0);
  return matches.sort(compareMatches)[0]?.offer;
}

function parseRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.toLowerCase().split(';');
  const quality = parameters
    .map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/.exec(parameter)?.[1])
    .find(Boolean);
  return { type: type.trim(), quality: quality === undefined ? 1 : Number(quality) };
}

/** The most specific range that covers the offer decides. */
function bestMatch(offer: string, ranges: readonly MediaRange[]): Match {
  let best: Match = { offer, quality: 0, specificity: -1, position: 0 };
  for (const [position, range] of ranges.entries()) {
    const specificity = specificityOf(range.type, offer);
    if (specificity > best.specificity) best = { offer, quality: range.quality, specificity, position };
  }
  return best;
}

function specificityOf(range: string, offer: string): number {
  if (range === offer) return 2;
  if (range === `${offer.split('/')[0] ?? ''}/*`) return 1;
  return range === '*/*' ? 0 : -1;
}

function compareMatches(a: Match, b: Match): number {
  return b.quality - a.quality || b.specificity - a.specificity || a.position - b.position;
}
