import { describe, expect, test } from '@jest/globals';

import { breakGlassPolicy } from '../../../src/approval/break-glass.js';
import { DEFAULT_SETTINGS } from '../../../src/approval/settings.js';
import type { Approval } from '../../../src/approval/token.js';
import type { Approver } from '../../../src/surgery/approval.js';
import type { JournalRecord } from '../../../src/surgery/journal/record.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
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
const ON = { ...DEFAULT_SETTINGS, breakGlass: true };

describe('going on without a second person', () => {
  const home = useTempDir();

  function judge(statements: Statements, statement: Approval, settings = ON): Promise<readonly Approver[]> {
    const evidence = evidenceIn(home(), statements, { settings });
    return breakGlassPolicy({ ...evidence, statement }).verify(REQUEST, DIGEST);
  }

  async function journaled(): Promise<readonly JournalRecord[]> {
    return (await evidenceIn(home(), new Statements()).journal.read()).records;
  }

  test('is a record of its own with reason and ticket, and no approval', async () => {
    const statements = new Statements();
    const by = { person: 'robin', proof: 'break-glass:sts', principal: OPERATOR.arn };
    expect(await judge(statements, statements.breakGlass(OPERATOR, REQUEST))).toEqual([by]);
    expect(await journaled()).toMatchObject([
      { step: 'break-glass', by, reason: 'nobody is awake', ticket: 'ACME-7', root: 'acme-stage' },
    ]);
  });

  test('can be signed with the SSH key that the request names', async () => {
    const statements = new Statements();
    const request = requestOf({ requester: { sshKey: fingerprintOf('robin'), person: 'robin' } });
    const evidence = evidenceIn(home(), statements, { settings: ON });
    const statement = statements.breakGlass(keyIdentity('robin'), request);
    const approvers = await breakGlassPolicy({ ...evidence, statement }).verify(
      request,
      requestDigest(request),
    );
    expect(approvers).toMatchObject([{ person: 'robin', proof: 'break-glass:ssh' }]);
  });

  test('is off unless the configuration says otherwise', async () => {
    const statements = new Statements();
    const statement = statements.breakGlass(OPERATOR, REQUEST);
    await expect(judge(statements, statement, DEFAULT_SETTINGS)).rejects.toMatchObject({
      code: 'BreakGlassOff',
      exitCode: 4,
    });
    expect({ asked: statements.asked, records: await journaled() }).toEqual({ asked: [], records: [] });
  });

  const said = { decision: 'break-glass', request: DIGEST } as const;
  test.each<[string, string, (statements: Statements) => Approval]>([
    ['an approval', 'DecisionUnfit', (s) => s.approve(OPERATOR, REQUEST)],
    ['the maker’s statement that it is theirs', 'DecisionUnfit', (s) => s.prepare(OPERATOR, REQUEST)],
    ['the word of somebody else', 'MakerMismatch', (s) => s.breakGlass(REVIEWER, REQUEST)],
    [
      'the maker’s word by a key that the request does not name',
      'MakerMismatch',
      (s) => s.breakGlass(keyIdentity('robin'), REQUEST),
    ],
    ['the word of nobody who is known', 'PrincipalUnmapped', (s) => s.breakGlass(userIdentity('x'), REQUEST)],
    [
      'a word about another request',
      'OtherRequest',
      (s) => s.breakGlass(OPERATOR, requestOf({ reason: 'x' })),
    ],
    ['a word without a ticket', 'BreakGlassUnexplained', (s) => s.by(OPERATOR, { ...said, reason: 'r' })],
    [
      'a word with a blank ticket',
      'BreakGlassUnexplained',
      (s) => s.by(OPERATOR, { ...said, reason: 'r', ticket: ' ' }),
    ],
    ['a word without a reason', 'BreakGlassUnexplained', (s) => s.by(OPERATOR, { ...said, ticket: 'T-1' })],
    [
      'a word whose proof is of something else',
      'ProofNotAccepted',
      (s) => s.by(OPERATOR, { ...said, reason: 'r', ticket: 'T-1' }, 'else'),
    ],
    [
      'a word of a while ago',
      'ProofExpired',
      (s) => s.breakGlass({ ...OPERATOR, signedAt: NOW - 16 * 60_000 }, REQUEST),
    ],
  ])('is not possible with %s: %s', async (_, code, statement) => {
    const statements = new Statements();
    await expect(judge(statements, statement(statements))).rejects.toMatchObject({ code, exitCode: 4 });
    expect(await journaled()).toEqual([]);
  });

  test('does not undo a rejection, and is possible once', async () => {
    const statements = new Statements();
    const { journal } = evidenceIn(home(), statements);
    const statement = statements.breakGlass(OPERATOR, REQUEST);
    await journal.append({ request: DIGEST, step: 'rejected', reason: 'no' });
    await expect(judge(statements, statement)).rejects.toMatchObject({ code: 'RequestRejected' });
    await journal.append({ request: DIGEST, step: 'ended', how: 'done' });
    await expect(judge(statements, statement)).rejects.toMatchObject({ code: 'AlreadyExecuted' });
  });
});
