import { describe, expect, test } from '@jest/globals';

import type { Proof } from '../../../src/approval/proof.js';
import { requireSayable } from '../../../src/approval/sayable.js';
import { formatToken, parseToken } from '../../../src/approval/token.js';

const TEMPORARY: Proof = {
  ...{
    kind: 'sts',
    accessKeyId: `ASIA${'A'.repeat(60)}`,
    region: 'ap-southeast-1',
    date: '20261123T100000Z',
  },
  signedHeaders: ['content-type', 'host', 'x-amz-date', 'x-amz-security-token', 'x-tfrepair-operation'],
  ...{ signature: 'a'.repeat(64), sessionToken: 'A'.repeat(8192) },
};
const SSH: Proof = { kind: 'ssh', signature: `${'A'.repeat(69)}\n`.repeat(117) };

/** As much of a character as fits. */
const full = (character: string, bytes: number): string =>
  character.repeat(Math.floor(bytes / (Buffer.byteLength(JSON.stringify(character)) - 2)));

describe('the reason of a rejection or a break-glass', () => {
  test.each([
    ['a', 'ssh', SSH],
    ['"', 'ssh', SSH],
    ['理', 'ssh', SSH],
    ['a', 'sts', TEMPORARY],
    ['\\', 'sts', TEMPORARY],
    ['理', 'sts', TEMPORARY],
    ['😀', 'sts', TEMPORARY],
  ])('that is full of %s can be read back beside the longest proof by %s', (character, _, proof) => {
    const words = { reason: full(character, 2048), ticket: full(character, 256) };
    requireSayable(words);
    const statement = { decision: 'break-glass', request: 'd'.repeat(64), ...words } as const;
    expect(parseToken(formatToken(statement, proof))).toMatchObject({ ...statement, proof });
  });

  test.each([
    ['a'.repeat(2049), 'at most 2048 bytes'],
    ['理'.repeat(683), 'at most 2048 bytes'],
    ['理'.repeat(4096), 'at most 2048 bytes'],
    ['"'.repeat(1025), 'at most 2048 bytes'],
    ['two\nlines', 'without control'],
    ['', 'not empty'],
  ])('is refused before it is signed when it is %j', (reason, why) => {
    const unfit = { code: 'ReasonUnfit', exitCode: 2, message: expect.stringContaining(why) };
    expect(() => {
      requireSayable({ reason });
    }).toThrow(expect.objectContaining(unfit));
    const token = formatToken({ decision: 'reject', request: 'd'.repeat(64), reason }, SSH);
    expect(() => parseToken(token)).toThrow(expect.objectContaining({ code: 'TokenInvalid' }));
  });

  test('has a ticket of a bounded length beside it', () => {
    expect(() => {
      requireSayable({ ticket: 'A'.repeat(257) });
    }).toThrow(expect.objectContaining({ code: 'TicketUnfit' }));
  });
});
