import * as v from 'valibot';

import { UsageError } from '../errors.js';
import { VisibleText } from '../visible-text.js';

/** Of a reason and of a ticket, in bytes as they are in a token: with them and the longest proof it can still be read back. */
const MAX_REASON_BYTES = 2048;
const MAX_TICKET_BYTES = 256;

/** Why somebody rejects a request, or breaks the glass. */
export const StatedReason = v.pipe(VisibleText, atMost(MAX_REASON_BYTES));

/** Where a break-glass will be looked at. */
export const StatedTicket = v.pipe(VisibleText, atMost(MAX_TICKET_BYTES));

/**
 * That words can be signed and read back, before anybody is asked anything.
 *
 * @throws UsageError `ReasonUnfit`, `TicketUnfit`
 */
export function requireSayable(words: {
  readonly reason?: string | undefined;
  readonly ticket?: string | undefined;
}): void {
  const { reason, ticket } = words;
  if (reason !== undefined) requireText(StatedReason, reason, ['ReasonUnfit', 'reason']);
  if (ticket !== undefined) requireText(StatedTicket, ticket, ['TicketUnfit', 'ticket']);
}

function requireText(
  schema: typeof StatedReason,
  text: string,
  [code, what]: readonly [string, string],
): void {
  const { success, issues } = v.safeParse(schema, text);
  if (success) return;
  throw new UsageError(code, `the ${what} cannot be signed: it has to be ${issues[0].message}`, {
    hint: 'say it in a few words on one line; the rest has a place in the ticket itself',
  });
}

/** Quotes and backslashes take two bytes in a token, letters beyond ASCII up to four. */
function atMost(bytes: number) {
  return v.check(
    (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2 <= bytes,
    `at most ${bytes} bytes`,
  );
}
