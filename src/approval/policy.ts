import { RefusedError } from '../errors.js';
import type { ApprovalPolicy, Approver } from '../surgery/approval.js';
import { rejected, requireInTime, requireUndecided } from '../surgery/engine/guards.js';
import { requestDigest, shortId } from '../surgery/request/canonical.js';
import type { Requester, SurgeryRequest } from '../surgery/request/request.js';
import { requireRecent } from './age.js';
import { claimedCredentials, credentialsOf, requireNothingShared } from './credentials.js';
import { provenMaker, type MakerEvidence, type ProvenMaker } from './maker.js';
import { isSamePerson, personKey } from './people.js';
import {
  approverOf,
  requireFit,
  saidOf,
  testimonyOf,
  type PolicyContext,
  type Testimony,
} from './testimony.js';
import type { Approval } from './token.js';

/** Each is verified with a call or a process. */
export const MAX_APPROVALS = 20;

/** What people have said, and what shows who they are. */
export interface ApprovalEvidence extends PolicyContext {
  readonly approvals: readonly Approval[];
  readonly maker: MakerEvidence;
}

/**
 * The rule of two people: a request counts as approved when enough people who are known, and none of whom is its maker, have
 * proven that they approve exactly it. Whatever is wrong with one approval refuses all: nothing is skipped.
 */
export function approvalPolicy(evidence: ApprovalEvidence): ApprovalPolicy {
  return {
    verify: async (request, digest) => {
      await requireOpen(request, digest, evidence);
      requireNumber(evidence.approvals, digest);
      const testimonies = await testimoniesOf(request, digest, evidence);
      await requireNoRejection(testimonies, request, digest, evidence);
      const maker = await provenMaker(request, digest, evidence.maker, evidence);
      return judged(testimonies, maker, request, evidence);
    },
  };
}

/**
 * What no approval can heal.
 *
 * @throws RefusedError `OtherRequest`, `RequestExpired`, `RequestTooOld`, `RequestFutureDated`, `JournalBroken`,
 *   `AlreadyExecuted`, `RequestRejected`
 */
export async function requireOpen(
  request: SurgeryRequest,
  digest: string,
  { settings, journal, now }: Pick<PolicyContext, 'settings' | 'journal' | 'now'>,
): Promise<void> {
  if (requestDigest(request) !== digest) {
    throw new RefusedError('OtherRequest', `the request is not the one with the digest ${shortId(digest)}`);
  }
  requireInTime(request, now());
  requireRecent(request, settings.maxAge, now());
  requireUndecided(await journal.read(), digest);
}

function requireNumber({ length }: readonly Approval[], digest: string): void {
  if (length === 0) {
    throw new RefusedError('ApprovalMissing', `nobody has approved request ${shortId(digest)}`, {
      hint: 'hand it to a colleague, who looks at it with tfrepair review',
    });
  }
  if (length <= MAX_APPROVALS) return;
  throw new RefusedError(
    'TooManyApprovals',
    `${length} approvals are more than the ${MAX_APPROVALS} that are looked at`,
    {
      hint: 'give those of the people who count',
    },
  );
}

/** Nothing is asked of anybody before all that can be told without has been; rejections are looked at first. */
async function testimoniesOf(
  request: SurgeryRequest,
  digest: string,
  evidence: ApprovalEvidence,
): Promise<Testimony[]> {
  const { approvals } = evidence;
  const numbered = approvals.map((approval, index) => ({
    approval,
    subject: approvals.length === 1 ? 'the approval' : `approval ${index + 1} of ${approvals.length}`,
  }));
  for (const { approval, subject } of numbered) {
    await about(subject, () => {
      requireFit(approval, digest, ['approve', 'reject'], evidence);
    });
  }
  const rejections = numbered.filter(({ approval }) => approval.decision === 'reject');
  const testimonies: Testimony[] = [];
  for (const { approval, subject } of rejections.length > 0 ? rejections : numbered) {
    testimonies.push(await about(subject, () => testimonyOf(approval, request, evidence)));
  }
  return testimonies;
}

async function about<T>(subject: string, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw saidOf(subject, error);
  }
}

/** A rejection is written down, so that it holds when it is not shown another time. */
async function requireNoRejection(
  testimonies: readonly Testimony[],
  { root }: SurgeryRequest,
  digest: string,
  { journal }: ApprovalEvidence,
): Promise<void> {
  const rejection = testimonies.find(({ approval }) => approval.decision === 'reject');
  if (rejection === undefined) return;
  const { reason = '' } = rejection.approval;
  const by = { ...approverOf(rejection) };
  await journal.append({ request: digest, step: 'rejected', root, by, reason });
  throw rejected(digest, by.person, reason);
}

function judged(
  testimonies: readonly Testimony[],
  maker: ProvenMaker,
  request: SurgeryRequest,
  { settings }: ApprovalEvidence,
): Approver[] {
  for (const testimony of testimonies) requireNotMaker(testimony, maker, request);
  requireDistinct(testimonies);
  const names = new Map(testimonies.map(({ person }) => [personKey(person.name), person.name]));
  if (names.size < settings.reviewers) throw tooFew([...names.values()], settings.reviewers);
  return testimonies.map(approverOf);
}

function requireNotMaker(testimony: Testimony, maker: ProvenMaker, { requester }: SurgeryRequest): void {
  const { person, identity } = testimony;
  requireNotRequester(testimony, { ...requester, person: maker.person.name });
  requireNothingShared(
    [person.name, credentialsOf(identity)],
    [maker.person.name, credentialsOf(maker.identity)],
  );
}

/**
 * That a reviewer is not whom a request calls its maker.
 *
 * @throws RefusedError `SamePerson`, `SameKey`, `SameAccessKey`, `SameUser`
 */
export function requireNotRequester(
  { person: { name }, identity }: Pick<Testimony, 'person' | 'identity'>,
  requester: Requester,
): void {
  const { person } = requester;
  if (person !== undefined && isSamePerson(name, person)) {
    throw new RefusedError('SamePerson', `${name} made the request, and cannot be its second person`, {
      hint: 'have somebody else review it',
    });
  }
  requireNothingShared(
    [name, credentialsOf(identity)],
    [person ?? 'the maker', claimedCredentials(requester)],
  );
}

function requireDistinct(testimonies: readonly Testimony[]): void {
  for (const [index, a] of testimonies.entries()) {
    for (const b of testimonies.slice(index + 1)) {
      if (isSamePerson(a.person.name, b.person.name)) continue;
      requireNothingShared(
        [a.person.name, credentialsOf(a.identity)],
        [b.person.name, credentialsOf(b.identity)],
      );
    }
  }
}

function tooFew(names: readonly string[], wanted: number): RefusedError {
  return new RefusedError(
    'TooFewReviewers',
    `${wanted} people besides the maker must approve; ${names.length} did: ${names.join(', ')}`,
    { hint: 'hand the request to another colleague, and give all approvals together' },
  );
}
