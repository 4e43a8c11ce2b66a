import { describe, expect, test } from '@jest/globals';

import { DEFAULT_SETTINGS } from '../../../src/approval/settings.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import {
  fingerprintOf,
  keyIdentity,
  NOW,
  PEOPLE,
  personNamed,
  requestOf,
  sessionIdentity,
  userIdentity,
} from '../../support/approval/judging.js';
import { approvals, maker, refusalOf, requester, type Case } from '../../support/approval/refusal.js';

const OPERATOR = userIdentity('operator');
const REVIEWER = userIdentity('reviewer');
const KIM = userIdentity('kim');
const MINUTE = 60_000;
const SRE = 'arn:aws:iam::123456789012:role/sre';
const home = useTempDir();

const APPROVALS: readonly [string, string, Case][] = [
  ['by the maker', 'SamePerson', approvals((s, r) => [s.approve(OPERATOR, r)])],
  ['by the maker with an SSH key', 'SamePerson', approvals((s, r) => [s.approve(keyIdentity('robin'), r)])],
  [
    'by the maker as another IAM user',
    'SamePerson',
    {
      evidence: (s, r) => ({
        people: [...PEOPLE.slice(1), personNamed('robin', { awsUsernames: ['operator', 'robin-admin'] })],
        approvals: [s.approve(userIdentity('robin-admin'), r)],
      }),
    },
  ],
  [
    'by the maker in a role',
    'SamePerson',
    {
      evidence: (s, r) => ({
        settings: { ...DEFAULT_SETTINGS, trustedRoles: [SRE] },
        approvals: [s.approve(sessionIdentity('sre', 'robin'), r)],
      }),
    },
  ],
  [
    'by somebody whose name differs from the maker’s in case alone',
    'SamePerson',
    {
      evidence: (s, r) => ({
        people: [...PEOPLE, personNamed('ROBIN', { sshNames: ['other'] })],
        approvals: [s.approve(keyIdentity('k', ['other']), r)],
      }),
    },
  ],
  [
    'by another name with the access key of the maker',
    'SameAccessKey',
    approvals((s, r) => [s.approve({ ...REVIEWER, accessKeyId: OPERATOR.accessKeyId }, r)]),
  ],
  [
    'by another name with the unique id of the maker',
    'SameUser',
    approvals((s, r) => [s.approve({ ...REVIEWER, userId: OPERATOR.userId }, r)]),
  ],
  [
    'by another name with the SSH key that the maker signs with',
    'SameKey',
    {
      ...requester({ sshKey: fingerprintOf('sasha') }),
      ...approvals((s, r) => [s.approve(keyIdentity('sasha'), r)]),
    },
  ],
  [
    'by another name with an access key that the maker had when preparing',
    'SameAccessKey',
    requester({ accessKeyId: REVIEWER.accessKeyId }),
  ],
  [
    'by another name with an access key that the maker has by now',
    'SameAccessKey',
    maker(() => ({ live: { ...OPERATOR, accessKeyId: REVIEWER.accessKeyId } })),
  ],
  [
    'by two names with one access key',
    'SameAccessKey',
    approvals((s, r) => [
      s.approve(REVIEWER, r),
      s.approve({ ...KIM, accessKeyId: REVIEWER.accessKeyId }, r),
    ]),
  ],
  [
    'by two names with one unique id',
    'SameUser',
    approvals((s, r) => [s.approve(REVIEWER, r), s.approve({ ...KIM, userId: REVIEWER.userId }, r)]),
  ],
  [
    'by two names with one SSH key',
    'SameKey',
    approvals((s, r) => [s.approve(keyIdentity('k', ['sasha']), r), s.approve(keyIdentity('k', ['kim']), r)]),
  ],
  [
    'by a key under two names',
    'KeyShared',
    approvals((s, r) => [s.approve(keyIdentity('k', ['sasha', 'kim']), r)]),
  ],
  ['by nobody who is known', 'PrincipalUnmapped', approvals((s, r) => [s.approve(userIdentity('x'), r)])],
  [
    'by an identity of two people',
    'PrincipalAmbiguous',
    { evidence: () => ({ people: [...PEOPLE, personNamed('sam', { awsUsernames: ['reviewer'] })] }) },
  ],
  [
    'by a session that anybody could have named',
    'SessionUnbound',
    approvals((s, r) => [s.approve(sessionIdentity('sre', 'sasha'), r)]),
  ],
  [
    'by the root user',
    'CallerRoot',
    approvals((s, r) => [
      s.approve(userIdentity('root', { arn: 'arn:aws:iam::123456789012:root', userId: '123456789012' }), r),
    ]),
  ],
  [
    'by an identity of another account',
    'OtherAccount',
    { request: { account: { uid: '210987654321', partition: 'aws' } } },
  ],
  [
    'by an identity of another partition',
    'OtherAccount',
    { request: { account: { uid: '123456789012', partition: 'aws-cn' } } },
  ],
];

const STATEMENTS: readonly [string, string, Case][] = [
  [
    'about another request',
    'OtherRequest',
    approvals((s) => [s.approve(REVIEWER, requestOf({ nonce: 'd'.repeat(64) }))]),
  ],
  ['that says prepare', 'DecisionUnfit', approvals((s, r) => [s.prepare(REVIEWER, r)])],
  ['that says break-glass', 'DecisionUnfit', approvals((s, r) => [s.breakGlass(REVIEWER, r)])],
  [
    'by AWS credentials where SSH keys count',
    'ProofKindRefused',
    { evidence: () => ({ settings: { ...DEFAULT_SETTINGS, proofs: ['ssh'] } }) },
  ],
  [
    'by an SSH key where AWS credentials count',
    'ProofKindRefused',
    {
      evidence: (s, r) => ({
        settings: { ...DEFAULT_SETTINGS, proofs: ['sts'] },
        approvals: [s.approve(keyIdentity('sasha'), r)],
      }),
    },
  ],
  ['that has expired', 'ProofExpired', approvals((s, r) => [s.approve(at(-16 * MINUTE), r)])],
  ['that is yet to come', 'ProofFutureDated', approvals((s, r) => [s.approve(at(2 * MINUTE), r)])],
  [
    'whose proof is of something else',
    'ProofNotAccepted',
    approvals((s, r) => [s.by(REVIEWER, { decision: 'approve', request: requestDigest(r) }, 'else')]),
  ],
  [
    'fewer than are asked for',
    'TooFewReviewers',
    { evidence: () => ({ settings: { ...DEFAULT_SETTINGS, reviewers: 2 } }) },
  ],
  [
    'twice by one person where two are asked for',
    'TooFewReviewers',
    {
      evidence: (s, r) => ({
        settings: { ...DEFAULT_SETTINGS, reviewers: 2 },
        approvals: [s.approve(REVIEWER, r), s.approve(REVIEWER, r)],
      }),
    },
  ],
];

describe('refused is', () => {
  test.each([...APPROVALS, ...STATEMENTS])('an approval %s: %s', expectRefusal);
});

async function expectRefusal(_what: string, code: string, one: Case): Promise<void> {
  const error = await refusalOf(home(), one);
  expect({ code: error.code, exitCode: error.exitCode }).toEqual({ code, exitCode: 4 });
  expect(error.message).toMatch(/^\S.*[^.]$/);
}

/** sasha, signing some milliseconds from now. */
function at(milliseconds: number): typeof REVIEWER {
  return { ...REVIEWER, signedAt: NOW + milliseconds };
}
