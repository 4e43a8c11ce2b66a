import type { Journal } from './journal/journal.js';
import type { Ending, JournalRecord } from './journal/record.js';
import { latest, requestsIn } from './journal/requests.js';

export interface RequestHistory {
  readonly digest: string;
  readonly root: string;
  readonly state: string;
  readonly preparedAt: string;
  readonly operations: readonly string[];
  readonly reason: string;
  readonly requester?: string;
  readonly approvers: NonNullable<JournalRecord['approvers']>;
  /** `waiting` for an approval, `unfinished`, or how it ended. */
  readonly result: Ending | 'waiting' | 'unfinished';
  readonly backup?: string;
}

export interface History {
  readonly requests: readonly RequestHistory[];
  /** The first line that does not follow from the one before. */
  readonly brokenAt?: number;
  /** A crash has cut the last line short. */
  readonly tornBytes: number;
}

/**
 * What a journal tells of requests, the latest first, and whether it can be believed.
 *
 * @param root only requests on this account or folder; undefined: all
 */
export async function historyOf(journal: Journal, root?: string): Promise<History> {
  const { records, brokenAt, tornBytes } = await journal.read();
  const requests = requestsIn(records).map(({ digest, records: own, isUnfinished, how }): RequestHistory => {
    const requester = latest(own, 'requester');
    const backup = latest(own, 'backup')?.file;
    return {
      ...{ digest, root: latest(own, 'root') ?? '', state: latest(own, 'state') ?? '' },
      ...{ preparedAt: own[0]?.at ?? '', operations: latest(own, 'operations') ?? [] },
      ...{ reason: latest(own, 'reason') ?? '', approvers: latest(own, 'approvers') ?? [] },
      result: isUnfinished ? 'unfinished' : (how ?? 'waiting'),
      ...(requester === undefined ? {} : { requester }),
      ...(backup === undefined ? {} : { backup }),
    };
  });
  const broken = brokenAt === undefined ? {} : { brokenAt };
  const wanted = requests.filter((request) => root === undefined || request.root === root);
  return { requests: wanted.reverse(), tornBytes, ...broken };
}
