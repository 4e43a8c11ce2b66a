import { describe, expect, test } from '@jest/globals';
import { canonicalize } from 'json-canonicalize';

import { formatToken, parseToken, type Approval } from '../../../../src/approval/token.js';
import { requestDigest } from '../../../../src/surgery/request/canonical.js';
import {
  formatHandover,
  handoverToken,
  MAX_HANDOVER_BYTES,
  parseHandover,
} from '../../../../src/surgery/request/handover.js';
import { canonicalRequest } from '../../../../src/surgery/request/canonical.js';
import { requestOf } from '../../../support/surgery/request.js';

const REQUEST = requestOf();

function proofOf(decision: Approval['decision'], request: string): Approval {
  const signature = '-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n';
  return parseToken(formatToken({ decision, request }, { kind: 'ssh', signature }));
}

const OWN = { request: REQUEST, maker: proofOf('prepare', requestDigest(REQUEST)) };

describe('a handover', () => {
  test('is read as it was written, as a file and as a token', () => {
    for (const handover of [{ request: REQUEST }, OWN]) {
      expect(parseHandover(formatHandover(handover), 'x')).toEqual(handover);
      expect(parseHandover(Buffer.from(`${handoverToken(handover)}\n`), 'x')).toEqual(handover);
    }
  });

  test('may be the request alone, which nobody has proved to have made', () => {
    expect(parseHandover(canonicalRequest(REQUEST), 'x')).toEqual({ request: REQUEST });
  });

  const document = { schemaVersion: 1, type: 'tfrepair-handover', request: REQUEST };
  test.each([
    ['the proof of another request', { ...document, maker: proofOf('prepare', 'a'.repeat(64)) }],
    ["an approval for its maker's word", { ...document, maker: proofOf('approve', requestDigest(REQUEST)) }],
    ['more than it may have', { ...document, approvals: [] }],
    ['another version', { ...document, schemaVersion: 2 }],
    ['no request', { ...document, request: undefined }],
    ['a request that was changed into none', { ...document, request: { ...REQUEST, type: 'other' } }],
    ['a request with a field of its own', { ...document, request: { ...REQUEST, extra: 1 } }],
    ['a maker who is none', { ...document, maker: null }],
  ])('with %s is refused', (_, value) => {
    expect(() => parseHandover(Buffer.from(canonicalize(value)), 'x')).toThrow(/cannot be used/);
  });

  test.each([
    ['not canonical', Buffer.from(`${formatHandover(OWN).toString()} `)],
    ['twice the same name', Buffer.from(formatHandover(OWN).toString().replace('{', '{"schemaVersion":1,'))],
    ['with a prototype', Buffer.from(formatHandover(OWN).toString().replace('{', '{"__proto__":{},'))],
    ['padded', Buffer.from(`${handoverToken(OWN)}=`)],
    ['too large', Buffer.alloc(MAX_HANDOVER_BYTES + 1, 0x20)],
    ['nested without an end', Buffer.from('['.repeat(100_000))],
    ['no text', Buffer.from([0xff, 0xfe])],
  ])('that is %s is refused', (_, bytes) => {
    expect(() => parseHandover(bytes, 'x')).toThrow(/cannot be used/);
  });
});
