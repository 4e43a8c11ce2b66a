import { RefusedError } from '../errors.js';
import type { SurgeryRequest } from '../surgery/request/request.js';

/** How much clocks may differ. */
const SKEW_MS = 60_000;

const HOUR_MS = 3_600_000;

/**
 * A request is executed while what it was made for still holds.
 *
 * @param maxAge milliseconds
 * @throws RefusedError `RequestTooOld`, `RequestFutureDated`
 */
export function requireRecent({ createdAt }: SurgeryRequest, maxAge: number, now: number): void {
  const age = now - Date.parse(createdAt);
  if (age < -SKEW_MS) {
    throw new RefusedError('RequestFutureDated', `the request is of ${createdAt}, which is yet to come`, {
      hint: 'set the clocks of both machines right',
    });
  }
  if (age <= maxAge) return;
  throw new RefusedError(
    'RequestTooOld',
    `the request is of ${createdAt}, and max_age is ${Number((maxAge / HOUR_MS).toFixed(2))} hours`,
    { hint: 'prepare it again' },
  );
}
