import { RefusedError } from '../../errors.js';
import { requestsIn } from '../journal/requests.js';
import type { VerifiedJournal } from '../journal/verify-chain.js';
import { shortId } from '../request/canonical.js';
import type { RequestedState, SurgeryRequest } from '../request/request.js';
import type { StateStore } from '../store/store.js';

/** @throws RefusedError `RequestExpired` @param now milliseconds since the epoch */
export function requireInTime({ notAfter }: SurgeryRequest, now: number): void {
  if (now <= Date.parse(notAfter)) return;
  throw new RefusedError('RequestExpired', `the request has expired at ${notAfter}`, {
    hint: 'prepare it again',
  });
}

/** @throws RefusedError `OtherState`: the store is not the one that the request is about */
export function requireSameState({ state }: SurgeryRequest, store: StateStore): void {
  if (isSameState(state, store.location)) return;
  throw new RefusedError('OtherState', `the request is not about ${store.label}`);
}

function isSameState(a: RequestedState, b: RequestedState): boolean {
  const entries = (state: RequestedState): string => JSON.stringify(Object.entries(state).sort());
  return entries(a) === entries(b);
}

/**
 * A request is executed once, and never when somebody has rejected it.
 *
 * @throws RefusedError `JournalBroken`, `AlreadyExecuted`, `RequestRejected`
 */
export function requireUndecided({ records, brokenAt }: VerifiedJournal, digest: string): void {
  if (brokenAt !== undefined) {
    throw new RefusedError('JournalBroken', `the journal was changed in line ${brokenAt}`, {
      hint: 'tfrepair state history shows what can be read of it',
    });
  }
  const request = requestsIn(records).find((one) => one.digest === digest);
  if (request === undefined) return;
  if (request.records.some(({ how }) => how === 'done')) {
    throw new RefusedError('AlreadyExecuted', `request ${shortId(digest)} has been executed before`, {
      hint: 'if it is to be done once more, prepare a new one',
    });
  }
  const { rejection } = request;
  if (rejection !== undefined) throw rejected(digest, rejection.by?.person ?? 'somebody', rejection.reason);
}

/** @param reason undefined: none was given */
export function rejected(digest: string, person: string, reason: string | undefined): RefusedError {
  const why = reason === undefined ? '' : `: ${reason}`;
  return new RefusedError('RequestRejected', `${person} has rejected request ${shortId(digest)}${why}`, {
    hint: 'talk to each other; a rejection is for good, so prepare a new request if it is to be done after all',
  });
}

/**
 * A request is executed once, and not while another one on the same state is in the middle of it.
 *
 * @throws RefusedError what `requireUndecided` says; `Unfinished`
 */
export function requireFree(journal: VerifiedJournal, digest: string, label: string): void {
  requireUndecided(journal, digest);
  for (const request of requestsIn(journal.records)) {
    if (request.isUnfinished && request.records.some(({ state }) => state === label)) {
      throw new RefusedError('Unfinished', `request ${shortId(request.digest)} on ${label} was cut short`, {
        hint: `first: tfrepair state resume ${shortId(request.digest)}`,
      });
    }
  }
}
