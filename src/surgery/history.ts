import type { Journal } from './journal/journal.js';
import type { Ending, JournalRecord } from './journal/record.js';
import { latest, requestsIn, type JournaledRequest } from './journal/requests.js';

export interface RequestHistory {
  readonly digest: string;
  readonly root: string;
  readonly state: string;
  readonly preparedAt: string;
  readonly operations: readonly string[];
  readonly reason: string;
  readonly requester?: string;
  readonly approvers: NonNullable<JournalRecord['approvers']>;
  /** Who has said no, and why. */
  readonly rejected?: Word;
  /** That its maker went on without a second person, and why. */
  readonly breakGlass?: Word;
  /** `waiting` for an approval, `rejected`, `unfinished`, or how it ended. */
  readonly result: Ending | 'waiting' | 'rejected' | 'unfinished';
  readonly backup?: string;
}

/** What a person has said about a request, besides approving it. */
export interface Word {
  readonly at: string;
  readonly by: NonNullable<JournalRecord['by']>;
  readonly reason: string;
  readonly ticket?: string;
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
  const requests = requestsIn(records).map(requestHistory);
  const broken = brokenAt === undefined ? {} : { brokenAt };
  const wanted = requests.filter((request) => root === undefined || request.root === root);
  return { requests: wanted.reverse(), tornBytes, ...broken };
}

function requestHistory(request: JournaledRequest): RequestHistory {
  const { digest, records, rejection } = request;
  const own = records.filter(({ by }) => by === undefined);
  const requester = latest(own, 'requester');
  const backup = latest(own, 'backup')?.file;
  const rejected = wordOf(rejection);
  const breakGlass = wordOf(records.findLast(({ step }) => step === 'break-glass'));
  return {
    ...{ digest, root: latest(records, 'root') ?? '', state: latest(records, 'state') ?? '' },
    ...{ preparedAt: records[0]?.at ?? '', operations: latest(own, 'operations') ?? [] },
    ...{ reason: latest(own, 'reason') ?? '', approvers: latest(own, 'approvers') ?? [] },
    result: resultOf(request),
    ...(rejected === undefined ? {} : { rejected }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
    ...(requester === undefined ? {} : { requester }),
    ...(backup === undefined ? {} : { backup }),
  };
}

function resultOf({ isUnfinished, how, rejection }: JournaledRequest): RequestHistory['result'] {
  if (isUnfinished) return 'unfinished';
  if (how === 'done') return how;
  return rejection === undefined ? (how ?? 'waiting') : 'rejected';
}

function wordOf(record: JournalRecord | undefined): Word | undefined {
  if (record?.by === undefined) return undefined;
  const { at, by, reason = '', ticket } = record;
  return { at, by, reason, ...(ticket === undefined ? {} : { ticket }) };
}
