import { describe, expect, test } from '@jest/globals';

import { approvalPolicy, MAX_APPROVALS, type ApprovalEvidence } from '../../../src/approval/policy.js';
import { DEFAULT_SETTINGS } from '../../../src/approval/settings.js';
import type { Approver } from '../../../src/surgery/approval.js';
import { canonicalRequest, requestDigest } from '../../../src/surgery/request/canonical.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import {
  evidenceIn,
  fingerprintOf,
  keyIdentity,
  NOW,
  requestOf,
  Statements,
  userIdentity,
} from '../../support/approval/judging.js';

const REQUEST = requestOf();
const DIGEST = requestDigest(REQUEST);
const OPERATOR = userIdentity('operator');
const REVIEWER = userIdentity('reviewer');
const KIM = userIdentity('kim');
const home = useTempDir();

function judge(statements: Statements, more: Partial<ApprovalEvidence>): Promise<readonly Approver[]> {
  return approvalPolicy(evidenceIn(home(), statements, more)).verify(REQUEST, DIGEST);
}

describe('a request is approved', () => {
  test('by a second person, who is named for the journal', async () => {
    const statements = new Statements();
    const approvers = await judge(statements, { approvals: [statements.approve(REVIEWER, REQUEST)] });
    expect(approvers).toEqual([{ person: 'sasha', proof: 'sts', principal: REVIEWER.arn }]);
  });

  test('by an SSH key as well as by AWS credentials, and one person with both counts once', async () => {
    const statements = new Statements();
    const approvals = [
      statements.approve(REVIEWER, REQUEST),
      statements.approve(keyIdentity('sasha'), REQUEST),
    ];
    expect((await judge(statements, { approvals })).map(({ proof }) => proof)).toEqual(['sts', 'ssh']);
    const settings = { ...DEFAULT_SETTINGS, reviewers: 2 };
    await expect(judge(statements, { approvals, settings })).rejects.toMatchObject({
      code: 'TooFewReviewers',
      message: '2 people besides the maker must approve; 1 did: sasha',
    });
  });

  test('by as many people as are asked for', async () => {
    const statements = new Statements();
    const approvals = [statements.approve(REVIEWER, REQUEST), statements.approve(KIM, REQUEST)];
    const settings = { ...DEFAULT_SETTINGS, reviewers: 2 };
    expect((await judge(statements, { approvals, settings })).map(({ person }) => person)).toEqual([
      'sasha',
      'kim',
    ]);
  });

  test('when the reviewer executes it, with the proof that its maker gave along', async () => {
    const statements = new Statements();
    const maker = { live: REVIEWER, prepared: statements.prepare(OPERATOR, REQUEST) };
    const approvals = [statements.approve(REVIEWER, REQUEST)];
    expect(await judge(statements, { approvals, maker })).toHaveLength(1);
  });

  test('when its maker goes on with a later session, whose access key is another one', async () => {
    const statements = new Statements();
    const maker = { live: { ...OPERATOR, accessKeyId: 'ASIALATER0000000' } };
    const approvals = [statements.approve(REVIEWER, REQUEST)];
    expect(await judge(statements, { approvals, maker })).toHaveLength(1);
  });

  test('with SSH keys alone, where no AWS account is involved', async () => {
    const { account, requester, ...rest } = requestOf({ state: { type: 'local', path: '/srv/state' } });
    const request = { ...rest, requester: { sshKey: fingerprintOf('robin'), person: 'robin' } };
    const statements = new Statements();
    const evidence = evidenceIn(home(), statements, {
      maker: { prepared: statements.prepare(keyIdentity('robin'), request) },
      approvals: [statements.approve(keyIdentity('sasha'), request)],
    });
    const approvers = await approvalPolicy(evidence).verify(request, requestDigest(request));
    expect(approvers).toEqual([{ person: 'sasha', proof: 'ssh', principal: fingerprintOf('sasha') }]);
    expect({ account, requester }).toBeDefined();
  });

  test('and what was proven at a server of this machine says so', async () => {
    const statements = new Statements();
    const approvals = [statements.approve({ ...REVIEWER, endpoint: '127.0.0.1:5000' }, REQUEST)];
    expect(await judge(statements, { approvals })).toMatchObject([{ proof: 'sts at 127.0.0.1:5000' }]);
  });

  test('by a signature of the request itself, of our own reading, and of nothing that came with the approval', async () => {
    const statements = new Statements();
    await judge(statements, { approvals: [statements.approve(REVIEWER, REQUEST)] });
    expect(statements.asked).toEqual([
      { header: DIGEST, bytes: canonicalRequest(REQUEST), namespace: 'tfrepair-approval-v1' },
    ]);
  });
});

describe('the number of approvals', () => {
  test('is not none', async () => {
    await expect(judge(new Statements(), {})).rejects.toMatchObject({ code: 'ApprovalMissing', exitCode: 4 });
  });

  test('is bounded, before any of them is looked at', async () => {
    const statements = new Statements();
    const approvals = Array.from({ length: MAX_APPROVALS + 1 }, () => statements.approve(REVIEWER, REQUEST));
    await expect(judge(statements, { approvals })).rejects.toMatchObject({ code: 'TooManyApprovals' });
    expect(statements.asked).toEqual([]);
  });
});

describe('one approval that is wrong refuses all, and is named', () => {
  test('when its proof is not accepted', async () => {
    const statements = new Statements();
    const forged = statements.by(KIM, { decision: 'approve', request: DIGEST }, 'something else');
    const approvals = [statements.approve(REVIEWER, REQUEST), forged];
    await expect(judge(statements, { approvals })).rejects.toMatchObject({
      code: 'ProofNotAccepted',
      message: 'approval 2 of 2: the proof is not of this',
    });
  });

  test('when it is the maker’s own, although somebody else has approved as well', async () => {
    const statements = new Statements();
    const approvals = [statements.approve(REVIEWER, REQUEST), statements.approve(OPERATOR, REQUEST)];
    await expect(judge(statements, { approvals })).rejects.toMatchObject({ code: 'SamePerson' });
  });
});

test.each([
  ['another kind of proof', keyIdentity('sasha')],
  ['another access key', { ...REVIEWER, accessKeyId: 'AKIAOTHER0000000' }],
])('an identity that was verified by %s than the one given is nobody’s', async (_, identity) => {
  const statements = new Statements();
  const approvals = [statements.approve(REVIEWER, REQUEST)];
  const verify = (): Promise<typeof identity> => Promise.resolve(identity);
  await expect(judge(statements, { approvals, verify })).rejects.toMatchObject({ code: 'ProofConfused' });
});

describe('a rejection', () => {
  test('refuses the request, whoever has approved it, and says who and why', async () => {
    const statements = new Statements();
    const approvals = [statements.approve(REVIEWER, REQUEST), statements.reject(KIM, REQUEST)];
    await expect(judge(statements, { approvals })).rejects.toMatchObject({
      code: 'RequestRejected',
      message: `kim has rejected request ${DIGEST.slice(0, 12)}: it is in use`,
    });
  });

  test('holds when it is not shown another time', async () => {
    const statements = new Statements();
    await judge(statements, { approvals: [statements.reject(KIM, REQUEST)] }).catch(() => undefined);
    const approvals = [statements.approve(REVIEWER, REQUEST)];
    await expect(judge(statements, { approvals })).rejects.toMatchObject({ code: 'RequestRejected' });
    const { records } = await evidenceIn(home(), statements).journal.read();
    expect(records).toMatchObject([{ step: 'rejected', by: { person: 'kim' }, reason: 'it is in use' }]);
  });

  test('that is not proven is not written down, and refuses nevertheless', async () => {
    const statements = new Statements();
    const forged = statements.by(KIM, { decision: 'reject', request: DIGEST, reason: 'no' }, 'else');
    const approvals = [statements.approve(REVIEWER, REQUEST), forged];
    await expect(judge(statements, { approvals })).rejects.toMatchObject({ code: 'ProofNotAccepted' });
    expect((await evidenceIn(home(), statements).journal.read()).records).toEqual([]);
  });
});

test('nothing is asked of anybody before all that can be told without has been', async () => {
  const statements = new Statements();
  const late = statements.approve(userIdentity('kim', { signedAt: NOW - 16 * 60_000 }), REQUEST);
  const approvals = [statements.approve(REVIEWER, REQUEST), late];
  await expect(judge(statements, { approvals })).rejects.toMatchObject({ code: 'ProofExpired' });
  expect(statements.asked).toEqual([]);
});
