import { describe, expect, test } from '@jest/globals';
import { canonicalize } from 'json-canonicalize';

import { formatToken } from '../../../src/approval/token.js';
import { canonicalRequest, requestDigest } from '../../../src/surgery/request/canonical.js';
import { HANDOVER_PREFIX, handoverToken, parseHandover } from '../../../src/surgery/request/handover.js';
import { parseRequest } from '../../../src/surgery/request/parse-request.js';
import { plainAddress } from '../../../src/terraform/address/plain-address.js';
import { stsProofOf } from '../../support/approvals.js';
import { HOSTILE_REQUESTS } from '../../support/hostile/requests.js';
import { HOSTILE_TOKENS } from '../../support/hostile/tokens.js';
import { requestOf } from '../../support/surgery/request.js';

/** A request within a handover, as JSON that is canonical if the request is. */
const handedOver = (request: string, more = ''): Buffer =>
  Buffer.from(`{${more}"request":${request},"schemaVersion":1,"type":"tfrepair-handover"}`);

const refusal = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'RequestInvalid', message: expect.stringMatching(message) });

describe('a request', () => {
  test.each(HOSTILE_REQUESTS)('that is or has %s is refused, alone and handed over', (_, bytes, why) => {
    expect(() => parseRequest(bytes, 'r.json')).toThrow(refusal(why));
    expect(() => parseHandover(bytes, 'r.json')).toThrow(/cannot be used/);
    expect(() => parseHandover(handedOver(bytes.toString('latin1')), 'r.json')).toThrow(/cannot be used/);
    const token = HANDOVER_PREFIX + handedOver(bytes.toString()).toString('base64url');
    expect(() => parseHandover(Buffer.from(token), 'r.json')).toThrow(/cannot be used/);
  });

  test('is refused in words that are short and have nothing of a terminal in them', () => {
    for (const [, bytes] of HOSTILE_REQUESTS) {
      expect(() => parseRequest(bytes, 'r.json')).toThrow(/^[ -~]{20,400}$/);
    }
  });

  test('may have reasons in any language, and names of resources that are shown as what they are', () => {
    const address = 'aws_sqs_queue.\u043f\u043b\u0430\u0442';
    const request = requestOf({
      reason: 'удалено вручную 手動で削除',
      operations: [{ op: 'rm', addresses: [address] }],
    });
    expect(parseRequest(canonicalRequest(request), 'r.json')).toEqual(request);
    expect(plainAddress(address)).toMatch(/^[ -~]+$/);
  });
});

describe('a handover', () => {
  const REQUEST = requestOf();
  const canonical = canonicalize(REQUEST);
  const about = (decision: 'prepare' | 'approve', request: string): unknown =>
    JSON.parse(
      Buffer.from(formatToken({ decision, request }, stsProofOf()).slice(6), 'base64url').toString(),
    );

  test('is what the others are made from', () => {
    expect(parseHandover(handedOver(canonical), 'r.json')).toEqual({ request: REQUEST });
    const maker = about('prepare', requestDigest(REQUEST));
    const bytes = handedOver(canonical, `"maker":${canonicalize(maker)},`);
    expect(parseHandover(bytes, 'r.json')).toEqual({ request: REQUEST, maker });
  });

  test.each([
    ['with approvals of its own', handedOver(canonical, '"approvals":["x"],')],
    ['with a request twice', handedOver(canonical, `"request":${canonical},`)],
    ['with a prototype', handedOver(canonical, '"__proto__":{"maker":{}},')],
    ['with a maker by name', handedOver(canonical, '"maker":"jdoe",')],
    ['with an approval for the word of its maker', about('approve', requestDigest(REQUEST))],
    ['with the word of another maker', about('prepare', 'f'.repeat(64))],
    ['in a handover', handedOver(handedOver(canonical).toString())],
    ['as a token in a token', Buffer.from(HANDOVER_PREFIX + handoverToken({ request: REQUEST }))],
    [
      'as a token with a blank within',
      Buffer.from(handoverToken({ request: REQUEST }).replace(/^.{40}/, '$& ')),
    ],
    [
      'as a token of the other kind',
      Buffer.from(handoverToken({ request: REQUEST }).replace('tfrr1', 'tfra1')),
    ],
    ['of 10 MB', Buffer.from(HANDOVER_PREFIX + 'A'.repeat(10 * 1024 * 1024))],
  ])('%s is refused', (_, value) => {
    const bytes = Buffer.isBuffer(value) ? value : handedOver(canonical, `"maker":${canonicalize(value)},`);
    expect(() => parseHandover(bytes, 'r.json')).toThrow(/cannot be used/);
  });

  test.each(HOSTILE_TOKENS)('whose maker proves it by a token that is or has %s is refused', (_, token) => {
    const json = Buffer.from(token.slice(0, 32_768).replace(/^tfra1\./, ''), 'base64url').toString('latin1');
    expect(() => parseHandover(handedOver(canonical, `"maker":${json},`), 'r.json')).toThrow(
      /cannot be used/,
    );
  });
});
