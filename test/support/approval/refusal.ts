import { expect } from '@jest/globals';

import { approvalPolicy, type ApprovalEvidence } from '../../../src/approval/policy.js';
import { RefusedError } from '../../../src/errors.js';
import type { JournalEntry } from '../../../src/surgery/journal/record.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
import type { SurgeryRequest } from '../../../src/surgery/request/request.js';
import { evidenceIn, requestOf, Statements, userIdentity } from './judging.js';

const OPERATOR = userIdentity('operator');
const REVIEWER = userIdentity('reviewer');

/** A case that would be approved by sasha if it were not for one thing. */
export interface Case {
  readonly request?: Partial<SurgeryRequest>;
  readonly evidence?: (statements: Statements, request: SurgeryRequest) => Partial<ApprovalEvidence>;
  readonly journal?: readonly Omit<JournalEntry, 'request'>[];
  readonly digest?: string;
}

export async function refusalOf(
  folder: string,
  { request: more = {}, evidence, journal = [], digest }: Case,
): Promise<RefusedError> {
  const statements = new Statements();
  const request = requestOf(more);
  const own = digest ?? requestDigest(request);
  const said = { approvals: [statements.approve(REVIEWER, request)], ...evidence?.(statements, request) };
  const all = evidenceIn(folder, statements, said);
  for (const entry of journal) await all.journal.append({ request: own, ...entry });
  const before = (await all.journal.read()).records.length;
  try {
    await approvalPolicy(all).verify(request, own);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    expect((await all.journal.read()).records).toHaveLength(before);
    return error;
  }
  throw new Error('it was approved');
}

/** Other approvals than sasha’s. */
export const approvals = (
  of: (statements: Statements, request: SurgeryRequest) => ApprovalEvidence['approvals'],
) => ({
  evidence: (...known: Parameters<typeof of>) => ({ approvals: of(...known) }),
});
/** Other evidence of the maker. */
export const maker = (
  of: (statements: Statements, request: SurgeryRequest) => ApprovalEvidence['maker'],
) => ({
  evidence: (...known: Parameters<typeof of>) => ({ maker: of(...known) }),
});
/** What the request says of its maker besides. */
export const requester = (more: SurgeryRequest['requester']): Pick<Case, 'request'> => ({
  request: { requester: { arn: OPERATOR.arn, userId: OPERATOR.userId, ...more } },
});
