import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { canonicalRequest, requestDigest, shortId } from '../../../../src/surgery/request/canonical.js';
import { MAX_REQUEST_BYTES, parseRequest } from '../../../../src/surgery/request/parse-request.js';
import { readHandover, writeHandover } from '../../../../src/surgery/request/handover-file.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { requestOf } from '../../../support/surgery/request.js';

const CANONICAL = canonicalRequest(requestOf()).toString();

const read = (text: string | Buffer): unknown => parseRequest(Buffer.from(text), 'r.json');

describe('a request in canonical form', () => {
  test('is read as it was written', () => {
    expect(read(CANONICAL)).toEqual(requestOf());
  });

  test('has its names in order and no blanks', () => {
    expect(CANONICAL).toMatch(/^\{"account":\{"partition":"aws","uid":"123456789012"\},"base":/);
  });

  test('has a digest that any other field changes', () => {
    const digest = requestDigest(requestOf());
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(shortId(digest)).toHaveLength(12);
    for (const more of [{ nonce: '1'.repeat(64) }, { reason: 'another' }, { root: 'acme-prod' }]) {
      expect(requestDigest(requestOf(more))).not.toBe(digest);
    }
  });

  test.each([
    ['larger than anybody reads', ' '.repeat(MAX_REQUEST_BYTES + 1), /larger than/],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /UTF-8/],
    ['cut off', CANONICAL.slice(0, -1), /no JSON/],
    ['another document', '{"type":"tfrepair-approval","schemaVersion":1}', /it is none/],
    ['a list', '[]', /it is none/],
    ['with a blank more', CANONICAL.replace(':', ': '), /canonical form/],
    ['with a line break at its end', `${CANONICAL}\n`, /canonical form/],
    ['with a name twice', CANONICAL.replace('{', '{"type":"tfrepair-request",'), /canonical form/],
    ['with a character spelled otherwise', CANONICAL.replaceAll('ä', '\\u00e4'), /canonical form/],
    ['with a number spelled otherwise', CANONICAL.replace('"serial":7', '"serial":7.0'), /canonical form/],
    ['with a name that nobody knows', CANONICAL.replace('{', '{"a":1,'), /a: /],
    ['with a member of prototypes', CANONICAL.replace('{', '{"__proto__":{},'), /canonical form|__proto__/],
    [
      'with a number that is not exact',
      CANONICAL.replace('"serial":8', '"serial":9007199254740993'),
      /post\.serial/,
    ],
    ['with half a character', CANONICAL.replace('it was', '\\ud800 was'), /reason/],
    ['with an escape sequence', CANONICAL.replace('it was', '\\u001b[2J'), /reason/],
    ['with text that runs backwards', CANONICAL.replace('it was', '\u202eit was'), /reason/],
    ['with an engine that nobody knows', CANONICAL.replace('"native"', '"magic"'), /engine/],
    ['with a time that does not exist', CANONICAL.replace('2026-01-31T12', '2026-13-31T12'), /createdAt/],
    ['that ends before it begins', CANONICAL.replace('2026-02-01T', '2025-02-01T'), /ends before/],
    ['whose serial stays', CANONICAL.replace('"serial":8', '"serial":7'), /not after/],
  ])('is refused %s', (_, text, why) => {
    expect(() => read(text)).toThrow(why);
  });

  test('of a newer version is refused as such', () => {
    const newer = CANONICAL.replace('"schemaVersion":1', '"schemaVersion":2');
    expect(() => read(newer)).toThrow(expect.objectContaining({ code: 'RequestVersion' }));
  });

  test('survives any visible text, and nothing else is accepted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (reason) => {
        const bytes = canonicalRequest(requestOf({ reason }));
        if (/[\p{C}\p{Zl}\p{Zp}]/u.test(reason)) expect(() => read(bytes)).toThrow('reason');
        else expect(read(bytes)).toEqual(requestOf({ reason }));
      }),
    );
  });

  test('with a restore among others is refused', () => {
    const restore = { op: 'restore', sha256: 'd'.repeat(64), serial: 3 } as const;
    const request = requestOf({ operations: [restore, { op: 'rm', addresses: ['a.b'] }] });
    expect(() => read(canonicalRequest(request))).toThrow('stands alone');
  });
});

describe('the file of a request', () => {
  const home = useTempDir();

  test('is private, and holds nothing but the canonical form', async () => {
    const file = join(home(), 'requests', 'r.json');
    await writeHandover(file, { request: requestOf() });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'utf8')).startsWith(`{"request":${CANONICAL},`)).toBe(true);
    expect(await readHandover(file)).toEqual({ request: requestOf() });
  });

  test('that is there is not overwritten', async () => {
    const file = join(home(), 'r.json');
    await writeFile(file, 'mine');
    await expect(writeHandover(file, { request: requestOf() })).rejects.toMatchObject({
      code: 'RequestNotWritten',
    });
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  test('that cannot be read is named', async () => {
    await expect(readHandover(join(home(), 'none.json'))).rejects.toMatchObject({
      code: 'RequestUnreadable',
    });
  });
});
