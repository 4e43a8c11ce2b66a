import { describe, expect, test } from '@jest/globals';

import type { ProvenIdentity } from '../../../src/approval/proof.js';
import { onlyStatement } from '../../../src/approval/statement.js';
import { decide, requireMayDecide, type Desk } from '../../../src/review/decide.js';
import type { Signer } from '../../../src/review/signer.js';
import { requireUndecided } from '../../../src/surgery/engine/guards.js';
import { requestDigest } from '../../../src/surgery/request/canonical.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import { evidenceIn, keyIdentity, requestOf, Statements } from '../../support/approval/judging.js';
import { queuesState } from '../../support/surgery/execution.js';
import { MemoryStore } from '../../support/surgery/memory-store.js';

const REQUEST = requestOf();
const MAKER = keyIdentity('robin');

describe('whoever decides about a request', () => {
  const home = useTempDir();
  const statements = new Statements();
  const desk = (): Desk => {
    const context = evidenceIn(home(), statements);
    const store = new MemoryStore(queuesState(['a']));
    return { context, journal: context.journal, root: { account: REQUEST.account, aws: undefined, store } };
  };
  const signerOf = (identity: ProvenIdentity): Signer => ({
    ...{ kind: 'ssh', self: identity.kind === 'ssh' ? { sshKey: identity.fingerprint } : {} },
    sign: (statement) => Promise.resolve(statements.by(identity, onlyStatement(statement))),
  });
  const reject = { decision: 'reject', reason: 'asked too early' } as const;

  test('may be its maker when it is rejected, which takes it back for good', async () => {
    const here = desk();
    requireMayDecide('reject', signerOf(MAKER), REQUEST, here);
    expect(await decide(reject, REQUEST, signerOf(MAKER), here)).toMatchObject({ by: { person: 'robin' } });
    const journal = await here.journal.read();
    expect(() => {
      requireUndecided(journal, requestDigest(REQUEST));
    }).toThrow(expect.objectContaining({ code: 'RequestRejected' }));
  });

  test('may not be its maker when it is approved', async () => {
    const here = desk();
    const approved = decide({ decision: 'approve' }, REQUEST, signerOf(MAKER), here);
    await expect(approved).rejects.toMatchObject({ code: 'SamePerson' });
    const claimed = requestOf({ requester: { sshKey: MAKER.fingerprint } });
    expect(() => {
      requireMayDecide('approve', signerOf(MAKER), claimed, here);
    }).toThrow(expect.objectContaining({ code: 'SameKey' }));
    expect((await here.journal.read()).records).toEqual([]);
  });

  test('is somebody who is known, also when it is rejected', async () => {
    const here = desk();
    const rejected = decide(reject, REQUEST, signerOf(keyIdentity('stranger')), here);
    await expect(rejected).rejects.toMatchObject({ code: 'PrincipalUnmapped' });
    expect((await here.journal.read()).records).toEqual([]);
  });
});
