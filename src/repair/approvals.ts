import { setTimeout } from 'node:timers/promises';

import { onlyStatement } from '../approval/statement.js';
import { formatToken, type Approval } from '../approval/token.js';
import { FailedError, RefusedError } from '../errors.js';
import { findApproval } from '../review/find-handover.js';
import { policyOf, type Session } from '../review/session.js';
import { sharedApprovals } from '../surgery/notes/notes.js';
import { withStateRoot } from '../surgery/roots/state-root.js';
import { atWork, type RepairSite } from './site.js';
import { handoverOf, type Approvals, type Pending } from './work.js';

/** Between two looks beside the state. */
const LOOK_EVERY_MS = 5000;

/** Approvals from tokens, or from files with them. @throws RefusedError `TokenInvalid`; FailedError `ApprovalUnreadable` */
export async function approvalsIn(
  tokens: readonly string[],
  { world: { cwd } }: Pick<RepairSite, 'world'>,
): Promise<Approval[]> {
  return Promise.all(tokens.map((token) => findApproval(token, cwd)));
}

/** Who approves with these tokens. @throws RefusedError what is wrong with one of them */
export async function approvalsOf(
  pending: Pending,
  tokens: readonly string[],
  site: RepairSite,
): Promise<Approvals> {
  const approvals = await approvalsIn(tokens, site);
  return atWork(site, (session) => judged(pending, approvals, session));
}

async function judged(
  pending: Pending,
  approvals: readonly Approval[],
  session: Session,
): Promise<Approvals> {
  const { request, digest } = pending;
  try {
    const people = await policyOf(session, handoverOf(pending), approvals).verify(request, digest);
    return { approvers: people.map(({ person, proof }) => `${person} (${proof})`), enough: true };
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 'TooFewReviewers') throw error;
    return { approvers: [error.message], enough: false };
  }
}

/**
 * What lies beside the state and is not known yet; with `wait` there is at least one.
 *
 * @throws FailedError `RequestExpired` once nobody may approve it any more; the interruption
 */
export async function approvalsBeside(
  { digest, request, id }: Pending,
  known: readonly string[],
  wait: boolean,
  { state, world }: RepairSite,
): Promise<readonly string[]> {
  return withStateRoot(state, world, async ({ store: { notes } }) => {
    if (notes === undefined) return [];
    for (;;) {
      const found = (await sharedApprovals(notes, digest)).map((approval) =>
        formatToken(onlyStatement(approval), approval.proof),
      );
      const news = found.filter((token) => !known.includes(token));
      if (news.length > 0 || !wait) return news;
      if (world.now() > Date.parse(request.notAfter)) throw expired(id);
      await setTimeout(LOOK_EVERY_MS, undefined, { signal: world.signal });
    }
  });
}

function expired(id: string): FailedError {
  return new FailedError('RequestExpired', `nobody has approved request ${id} in time`, {
    hint: 'begin again: what is wrong may have changed meanwhile',
  });
}
