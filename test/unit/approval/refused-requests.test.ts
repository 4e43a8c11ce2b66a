import { describe, expect, test } from '@jest/globals';

import { DEFAULT_SETTINGS } from '../../../src/approval/settings.js';
import { approvalPolicy } from '../../../src/approval/policy.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import {
  evidenceIn,
  fingerprintOf,
  keyIdentity,
  NOW,
  PEOPLE,
  requestOf,
  sessionIdentity,
  Statements,
  userIdentity,
} from '../../support/approval/judging.js';
import { maker, refusalOf, requester, type Case } from '../../support/approval/refusal.js';

const OPERATOR = userIdentity('operator');
const REVIEWER = userIdentity('reviewer');
const KIM = userIdentity('kim');
const MINUTE = 60_000;
const home = useTempDir();

const REQUESTS: readonly [string, string, Case][] = [
  ['with another digest', 'OtherRequest', { digest: 'e'.repeat(64) }],
  ['that has expired', 'RequestExpired', { request: { notAfter: '2026-11-23T09:59:59Z' } }],
  ['that is yet to come', 'RequestFutureDated', { request: { createdAt: '2026-11-23T10:02:00Z' } }],
  [
    'older than max_age',
    'RequestTooOld',
    { evidence: () => ({ settings: { ...DEFAULT_SETTINGS, maxAge: 59 * MINUTE } }) },
  ],
  [
    'that was executed',
    'AlreadyExecuted',
    { journal: [{ step: 'approved' }, { step: 'ended', how: 'done' }] },
  ],
  [
    'that was executed, and rolled back afterwards',
    'AlreadyExecuted',
    {
      journal: [
        { step: 'ended', how: 'done' },
        { step: 'ended', how: 'rolled-back' },
      ],
    },
  ],
  ['that was rejected', 'RequestRejected', { journal: [{ step: 'rejected', reason: 'no' }] }],
  [
    'that was rejected before an attempt was rolled back',
    'RequestRejected',
    { journal: [{ step: 'rejected' }, { step: 'approved' }, { step: 'ended', how: 'rolled-back' }] },
  ],
];

const MAKERS: readonly [string, string, Case][] = [
  ['who is nobody in particular', 'MakerUnproven', maker(() => ({}))],
  ['who is not the one who executes', 'MakerUnproven', maker(() => ({ live: KIM }))],
  [
    'who is the one who executes, where SSH keys count',
    'MakerUnproven',
    {
      evidence: (s, r) => ({
        settings: { ...DEFAULT_SETTINGS, proofs: ['ssh'] },
        approvals: [s.approve(keyIdentity('sasha'), r)],
      }),
    },
  ],
  ['whom the request does not name', 'MakerUnproven', { request: { requester: {} } }],
  [
    'whom the request does not name, though somebody says it is theirs',
    'MakerMismatch',
    {
      request: { requester: { person: 'robin' } },
      ...maker((s, r) => ({ prepared: s.prepare(OPERATOR, r) })),
    },
  ],
  [
    'who has signed with a key that the request does not name',
    'MakerMismatch',
    maker((s, r) => ({ prepared: s.prepare(keyIdentity('robin'), r) })),
  ],
  [
    'who has signed with another key than the request names',
    'MakerMismatch',
    {
      ...requester({ sshKey: fingerprintOf('old') }),
      ...maker((s, r) => ({ prepared: s.prepare(keyIdentity('robin'), r) })),
    },
  ],
  ['who claims to be somebody else', 'MakerMismatch', requester({ person: 'kim' })],
  ['who claims another ARN', 'MakerMismatch', requester({ arn: KIM.arn })],
  [
    'who had another access key when preparing than signed for it',
    'MakerMismatch',
    {
      ...requester({ accessKeyId: 'AKIAOTHER' }),
      ...maker((s, r) => ({ prepared: s.prepare(OPERATOR, r) })),
    },
  ],
  ['who is somebody else', 'MakerMismatch', maker((s, r) => ({ prepared: s.prepare(KIM, r) }))],
  [
    'who has signed something else',
    'OtherRequest',
    maker((s) => ({ prepared: s.prepare(OPERATOR, requestOf({ reason: 'x' })) })),
  ],
  ['who has signed an approval', 'DecisionUnfit', maker((s, r) => ({ prepared: s.approve(OPERATOR, r) }))],
  [
    'whose proof has expired',
    'ProofExpired',
    maker((s, r) => ({ prepared: s.prepare({ ...OPERATOR, signedAt: NOW - 16 * MINUTE }, r) })),
  ],
  [
    'whose proof is of something else',
    'ProofNotAccepted',
    maker((s, r) => ({
      prepared: s.by(OPERATOR, { decision: 'prepare', request: requestDigest(r) }, 'else'),
    })),
  ],
  ['whom nobody knows', 'PrincipalUnmapped', { evidence: () => ({ people: PEOPLE.slice(1) }) }],
  [
    'who is in a role that does not say who',
    'SessionUnbound',
    {
      request: { requester: { userId: sessionIdentity('sre', 'robin').userId } },
      ...maker(() => ({ live: sessionIdentity('sre', 'robin') })),
    },
  ],
];

describe('refused is', () => {
  test.each(REQUESTS)('a request %s: %s', expectRefusal);
  test.each(MAKERS)('a maker %s: %s', expectRefusal);
});

async function expectRefusal(_what: string, code: string, one: Case): Promise<void> {
  const error = await refusalOf(home(), one);
  expect({ code: error.code, exitCode: error.exitCode }).toEqual({ code, exitCode: 4 });
  expect(error.message).toMatch(/^\S.*[^.]$/);
}

test('a maker whose proof lives too short is told to execute it, or to use a key', async () => {
  const late = maker((s, r) => ({ prepared: s.prepare({ ...OPERATOR, signedAt: NOW - 16 * MINUTE }, r) }));
  const { message, hint } = await refusalOf(home(), late);
  expect(message).toMatch(/^the maker's own proof: /);
  expect(hint).toContain('let the maker execute it');
});

test('a journal that was changed refuses everything', async () => {
  const statements = new Statements();
  const request = requestOf();
  const evidence = evidenceIn(home(), statements, { approvals: [statements.approve(REVIEWER, request)] });
  const journal = {
    ...evidence.journal,
    read: () => Promise.resolve({ records: [], brokenAt: 3, tornBytes: 0, head: '' }),
  };
  const policy = approvalPolicy({ ...evidence, journal });
  await expect(policy.verify(request, requestDigest(request))).rejects.toMatchObject({
    code: 'JournalBroken',
    exitCode: 4,
  });
});
