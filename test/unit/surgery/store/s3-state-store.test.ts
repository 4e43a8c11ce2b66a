import { createHash } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { InterruptedError } from '../../../../src/errors.js';
import type { StateStore } from '../../../../src/surgery/store/store.js';
import { lockRequest, openStore, readStored, stateOf } from '../../../support/s3-store.js';
import { startS3Server, type S3Server } from '../../../support/s3-server.js';

const PATH = '/states/acme/prod.tfstate';

let server: S3Server;
let store: StateStore;

const put = (bytes: Buffer, headers: Record<string, string> = {}): void => {
  const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
  server.objects.set(PATH, { bytes, etag, headers });
};

beforeEach(async () => {
  server = await startS3Server();
  store = await openStore(server.origin);
});

afterEach(async () => {
  store.close();
  await server.close();
  delete process.env['AWS_ENDPOINT_URL'];
});

describe('a state in S3', () => {
  test('is read with what tells its versions apart', async () => {
    const bytes = stateOf(7);
    put(bytes);
    expect(await store.read()).toEqual({
      ...{ bytes, serial: 7, lineage: '5f1bb8b4-6f5a-4d4c-9c2a-0f6c1f3b8f10' },
      sha256: createHash('sha256').update(bytes).digest('hex'),
      versionToken: server.objects.get(PATH)?.etag,
    });
  });

  test('that was never written is none', async () => {
    expect(await store.read()).toBeUndefined();
  });

  test.each([
    ['is no JSON', 'nonsense'],
    ['is cut off', '{"serial": 1, "lineage": "x"'],
    ['goes on after its end', '{"serial": 1, "lineage": "x"} {}'],
    ['has no serial', '{"lineage": "x"}'],
    ['has a serial that is no number', '{"lineage": "x", "serial": "1"}'],
    ['has a serial that JSON numbers cannot hold', '{"lineage": "x", "serial": 9007199254740993}'],
    ['has two serials', '{"lineage": "x", "serial": 1, "\\u0073erial": 2}'],
  ])('that %s is refused', async (_what, text) => {
    put(Buffer.from(text));
    await expect(store.read()).rejects.toMatchObject({ code: 'StateInvalid' });
  });

  test('is replaced when it still is the base', async () => {
    put(stateOf(7));
    const written = await store.compareAndSwap(await readStored(store), stateOf(8));
    expect(written).toEqual(await store.read());
    expect(written.serial).toBe(8);
    expect(store.holds(written, { sha256: written.sha256, serial: 8 })).toBe(true);
  });

  test.each([
    ['has changed', () => stateOf(8, { theirs: true })],
    ['was removed', () => undefined],
  ])('that %s since is left alone', async (_what, theirs) => {
    put(stateOf(7));
    const base = await readStored(store);
    const now = theirs();
    if (now === undefined) server.objects.clear();
    else put(now);
    await expect(store.compareAndSwap(base, stateOf(8))).rejects.toMatchObject({
      ...{ code: 'StateChanged', exitCode: 5 },
    });
    expect(server.objects.get(PATH)?.bytes).toEqual(now);
  });

  test('keeps what the object has besides its content', async () => {
    const headers = {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-amz-meta-team': 'ferries',
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-east-1:111111111111:key/k',
      'x-amz-server-side-encryption-bucket-key-enabled': 'true',
      'x-amz-storage-class': 'STANDARD_IA',
      'x-amz-tagging': 'team=ferries&cost+centre=a%2Fb',
    };
    put(stateOf(7), headers);
    await store.compareAndSwap(await readStored(store), stateOf(8));
    expect(server.objects.get(PATH)?.headers).toEqual(headers);
  });

  test('is not touched after an interruption', async () => {
    const interruption = new AbortController();
    store.close();
    store = await openStore(server.origin, {}, { signal: interruption.signal });
    put(stateOf(7));
    const base = await readStored(store);
    interruption.abort(new InterruptedError('Interrupted', 'interrupted'));
    await expect(store.compareAndSwap(base, stateOf(8))).rejects.toThrow(InterruptedError);
    expect(server.objects.get(PATH)?.bytes).toEqual(stateOf(7));
  });
});

describe('a copy beside a state in S3', () => {
  test('is encrypted as the state, and never replaced', async () => {
    put(stateOf(7), { 'x-amz-server-side-encryption': 'AES256' });
    const address = await store.keepCopy?.('backup-7', stateOf(7));
    expect(address).toBe('s3://states/acme/prod.tfstate.backup-7');
    expect(server.objects.get(`${PATH}.backup-7`)).toMatchObject({
      ...{ bytes: stateOf(7), headers: { 'x-amz-server-side-encryption': 'AES256' } },
    });
    expect(await store.keepCopy?.('backup-7', stateOf(7))).toBe(address);
    await expect(store.keepCopy?.('backup-7', stateOf(6))).rejects.toMatchObject({ code: 'CopyFailed' });
  });
});

describe('an endpoint', () => {
  test('that honours conditions is good, and nothing is left of the question', async () => {
    put(stateOf(7));
    await store.probe();
    expect([...server.objects.keys()]).toEqual([PATH]);
  });

  test.each(['if-match', 'if-none-match'])('that ignores %s is refused', async (header) => {
    await server.close();
    server = await startS3Server({ ignores: [header] });
    store.close();
    store = await openStore(server.origin);
    await expect(store.probe()).rejects.toMatchObject({ code: 'StoreUnsafe', exitCode: 4 });
    expect(server.objects.size).toBe(0);
  });
});

describe('the lock of a state in S3', () => {
  test("is terraform's own object, removed when it is given back", async () => {
    const request = lockRequest();
    const held = await store.lock(request);
    expect(JSON.parse(String(server.objects.get(`${PATH}.tflock`)?.bytes))).toEqual({
      ...{ ID: request.id, Operation: 'tfrepair state rm', Info: '', Who: 'jdoe@laptop' },
      ...{ Version: 'tfrepair', Created: '2026-11-23T10:00:00.000Z', Path: 'states/acme/prod.tfstate' },
    });
    expect(await store.currentLock()).toMatchObject({ id: request.id, who: 'jdoe@laptop' });
    await held.release();
    expect(server.objects.size).toBe(0);
    expect(await store.currentLock()).toBeUndefined();
  });

  test('is not taken from another', async () => {
    await store.lock(lockRequest({ id: 'theirs', who: 'asmith@desk' }));
    await expect(store.lock(lockRequest())).rejects.toMatchObject({
      ...{ code: 'StateLocked', exitCode: 4 },
      message: expect.stringContaining(
        'by asmith@desk for tfrepair state rm since 2026-11-23T10:00',
      ) as unknown,
    });
  });

  test('is left alone by whoever lost it to another', async () => {
    const held = await store.lock(lockRequest());
    server.objects.clear();
    await store.lock(lockRequest({ id: 'theirs' }));
    await held.release();
    expect(await store.currentLock()).toMatchObject({ id: 'theirs' });
  });

  test('is broken only when it still is the one that was shown', async () => {
    await store.lock(lockRequest({ id: 'theirs' }));
    await expect(store.breakLock('shown')).rejects.toMatchObject({ code: 'LockChanged', exitCode: 4 });
    expect(await store.currentLock()).toMatchObject({ id: 'theirs' });
    await store.breakLock('theirs');
    expect(await store.currentLock()).toBeUndefined();
    await expect(store.breakLock('theirs')).rejects.toMatchObject({
      message: expect.stringContaining('nobody holds it any more') as unknown,
    });
  });
});
