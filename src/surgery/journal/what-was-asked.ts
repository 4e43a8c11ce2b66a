import type { SurgeryRequest } from '../request/request.js';
import type { JournalEntry } from './record.js';

/** What a request is about, for the journal of its maker, and for that of another one who executes it. */
export function whatWasAsked({
  operations,
  reason,
  ticket,
  requester: { arn, person, sshKey },
}: SurgeryRequest): Pick<JournalEntry, 'operations' | 'reason' | 'ticket' | 'requester'> {
  const requester = arn ?? person ?? sshKey;
  return {
    ...{ operations: operations.map(({ op }) => op), reason },
    ...(ticket === undefined ? {} : { ticket }),
    ...(requester === undefined ? {} : { requester }),
  };
}
