import { describe, expect, test } from '@jest/globals';

import { FailedError, RefusedError } from '../../../src/errors.js';
import { makerWord } from '../../../src/review/maker-word.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import { evidenceIn, requestOf, Statements, userIdentity } from '../../support/approval/judging.js';

const REQUEST = requestOf();
const OPERATOR = userIdentity('operator');

describe('who made a request', () => {
  const home = useTempDir();

  test('is told by their own proof', async () => {
    const statements = new Statements();
    const maker = statements.prepare(OPERATOR, REQUEST);
    expect(await makerWord({ request: REQUEST, maker }, evidenceIn(home(), statements))).toEqual({
      proven: 'robin',
    });
  });

  test('is not known where nothing proves it', async () => {
    expect(await makerWord({ request: REQUEST }, evidenceIn(home(), new Statements()))).toEqual({
      note: 'who made the request: nothing proves it',
    });
  });

  test.each([
    ['about another request', requestOf({ reason: 'another' }), 'prepare'],
    ['of another decision', REQUEST, 'approve'],
  ] as const)('is a difference when the proof is %s', async (_, about, decision) => {
    const statements = new Statements();
    const maker = statements[decision](OPERATOR, about);
    const word = await makerWord({ request: REQUEST, maker }, evidenceIn(home(), statements));
    expect(word).toEqual({ difference: expect.stringMatching(/^its maker's own proof: /) as unknown });
  });

  test('is a note where the proof has only run out, or nobody can be asked', async () => {
    const statements = new Statements();
    const maker = statements.prepare(OPERATOR, REQUEST);
    for (const error of [
      new RefusedError('ProofExpired', 'it was signed yesterday'),
      new FailedError('StsUnreachable', 'AWS does not answer'),
    ]) {
      const context = { ...evidenceIn(home(), statements), verify: () => Promise.reject(error) };
      expect(await makerWord({ request: REQUEST, maker }, context)).toEqual({
        note: `who made the request: ${error.message}`,
      });
    }
  });
});
