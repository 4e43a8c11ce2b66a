import { describe, expect, test } from '@jest/globals';

import { verifySsh } from '../../../src/approval/ssh/verify.js';
import { verifySts } from '../../../src/approval/sts/verify.js';
import { parseToken } from '../../../src/approval/token.js';
import { SIGNED_AT, approvalOf, stsProofOf, tokenOf } from '../../support/approvals.js';
import { HOSTILE_REQUESTS } from '../../support/hostile/requests.js';
import { HOSTILE_SIGNATURES } from '../../support/hostile/ssh-signatures.js';
import { HOSTILE_ANSWERS } from '../../support/hostile/sts-answers.js';
import { HOSTILE_STS_PROOFS } from '../../support/hostile/sts-proofs.js';
import { HOSTILE_TOKENS } from '../../support/hostile/tokens.js';

const MATTER = { header: 'a'.repeat(64), bytes: Buffer.from('{}'), namespace: 'tfrepair-approval-v1' };
const SIGNAL = new AbortController().signal;

/** Nobody may be asked. */
const noFetch: typeof fetch = () => Promise.reject(new Error('somebody was asked'));

test('there are more than 200 hostile inputs, and no two of the same name', () => {
  const names = [
    ...HOSTILE_TOKENS.map(([name]) => `token ${name}`),
    ...HOSTILE_STS_PROOFS.map(({ name }) => `proof ${name}`),
    ...HOSTILE_ANSWERS.map(([name]) => `answer ${name}`),
    ...HOSTILE_SIGNATURES.map(([name]) => `signature ${name}`),
    ...HOSTILE_REQUESTS.map(([name]) => `request ${name}`),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(200);
});

test('the token and the proof that all of them are made from are good ones', async () => {
  const { proof } = parseToken(tokenOf(approvalOf()));
  expect(proof).toEqual(stsProofOf());
  const context = { partition: 'aws', env: {}, fetch: noFetch, now: () => SIGNED_AT, signal: SIGNAL };
  await expect(verifySts(stsProofOf(), MATTER, context)).rejects.toMatchObject({ code: 'StsUnreachable' });
});

describe('a token', () => {
  test.each(HOSTILE_TOKENS)('that is or has %s is refused', (_, token, why) => {
    expect(() => parseToken(token)).toThrow(
      expect.objectContaining({ code: 'TokenInvalid', exitCode: 4, message: expect.stringMatching(why) }),
    );
  });

  test('is refused in words that are short and have nothing of a terminal in them', () => {
    for (const [, token] of HOSTILE_TOKENS) {
      expect(() => parseToken(token)).toThrow(/^[ -~]{20,260}$/);
    }
  });

  test('leaves the prototypes of everything as they were', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['decision']).toBeUndefined();
  });
});

describe('a proof by AWS credentials', () => {
  test.each(HOSTILE_STS_PROOFS.map((hostile) => [hostile.name, hostile] as const))(
    'that %s is refused, and nobody is asked',
    async (_, { wrong, code, partition = 'aws', now = SIGNED_AT }) => {
      const context = { partition, env: {}, fetch: noFetch, now: () => now, signal: SIGNAL };
      await expect(verifySts(stsProofOf(wrong), MATTER, context)).rejects.toMatchObject({
        code,
        exitCode: 4,
      });
    },
  );
});

describe('a proof by SSH key', () => {
  test.each(HOSTILE_SIGNATURES)('with %s is refused, and no program is asked', async (_, signature, why) => {
    // Without PATH there is no program, and without the file nobody who could sign.
    const verified = verifySsh({ kind: 'ssh', signature }, MATTER, '/nonexistent', {
      env: {},
      signal: SIGNAL,
    });
    await expect(verified).rejects.toMatchObject({
      code: 'ProofInvalid',
      exitCode: 4,
      message: expect.stringMatching(why),
    });
  });
});
