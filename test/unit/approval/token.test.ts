import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { onlyStatement, type Statement } from '../../../src/approval/statement.js';
import { formatToken, MAX_TOKEN_CHARS, parseToken } from '../../../src/approval/token.js';
import { armored, sshSignatureOf, stsProofOf } from '../../support/approvals.js';

const request = 'a'.repeat(64);
const SSH = {
  kind: 'ssh',
  signature: armored(sshSignatureOf(Buffer.from('x'), 'tfrepair-approval-v1')),
} as const;
const STS = stsProofOf({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', sessionToken: 'F/w+o='.repeat(400) });

const STATEMENTS: readonly Statement[] = [
  { decision: 'prepare', request },
  { decision: 'approve', request },
  { decision: 'reject', request, reason: 'используется, 使用中' },
  { decision: 'break-glass', request, reason: 'an outage', ticket: 'ACME-1' },
];

test.each(
  STATEMENTS.flatMap((statement) =>
    [SSH, STS].map((proof) => [statement.decision, proof.kind, statement, proof] as const),
  ),
)('a token that says %s, proven by %s, is read as it was written', (_, __, statement, proof) => {
  const token = formatToken(statement, proof);
  expect(token).toMatch(/^tfra1\.[\w-]+$/);
  expect(token.length).toBeLessThan(MAX_TOKEN_CHARS);
  expect(parseToken(token)).toEqual({ schemaVersion: 1, type: 'tfrepair-approval', ...statement, proof });
});

test('whatever was done to a token, it is refused or is the one way to write what is read', () => {
  const tokens = STATEMENTS.map((statement) => formatToken(statement, SSH));
  const change = fc.record({
    token: fc.constantFrom(...tokens),
    at: fc.nat({ max: 1000 }),
    without: fc.nat({ max: 3 }),
    put: fc.string({
      unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_', '=', '.', '+', '/', ' ', '\n', '\0', 'é'),
      maxLength: 3,
    }),
  });
  fc.assert(
    fc.property(change, ({ token, at, without, put }) => {
      const changed = token.slice(0, at) + put + token.slice(at + without);
      let read;
      try {
        read = parseToken(changed);
      } catch (error) {
        expect(error).toMatchObject({ code: 'TokenInvalid' });
        return;
      }
      expect(formatToken(onlyStatement(read), read.proof)).toBe(changed);
    }),
    { numRuns: 2000 },
  );
});
