import { createHash } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { StateStore } from '../../../../src/surgery/store/store.js';
import { startFaultyProxy, type Fault, type FaultyProxy } from '../../../support/faulty-proxy.js';
import { lockRequest, openStore, readStored, stateOf } from '../../../support/s3-store.js';
import { startS3Server, type S3Server } from '../../../support/s3-server.js';

const PATH = '/states/acme/prod.tfstate';
const LOCK = 'states/acme/prod.tfstate';
const DIGEST = `${LOCK}-md5`;
const BASE = stateOf(7);
const POST = stateOf(8);

let server: S3Server;
let proxy: FaultyProxy;
let store: StateStore;

beforeEach(async () => {
  server = await startS3Server();
  proxy = await startFaultyProxy(server.origin);
  store = await openStore(proxy.origin, { dynamodbTable: 'locks' });
  await fetch(`${server.origin}${PATH}`, { method: 'PUT', body: new Uint8Array(BASE) });
  server.items.set(DIGEST, { LockID: { S: DIGEST }, Digest: { S: md5(BASE) } });
});

afterEach(async () => {
  store.close();
  await proxy.close();
  await server.close();
  delete process.env['AWS_ENDPOINT_URL'];
});

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}

const now = (): Buffer | undefined => server.objects.get(PATH)?.bytes;
const digest = (): string | undefined => server.items.get(DIGEST)?.['Digest']?.S;

/** Makes the requests of a kind fail, from the first on as many times as is said. */
function fail(call: string, fault: Fault, times = Number.POSITIVE_INFINITY): void {
  let left = times;
  proxy.fault = ({ headers }) =>
    headers['x-amz-target'] === `DynamoDB_20120810.${call}` && left-- > 0 ? fault : undefined;
}

const denied = (code: string): Fault => ({
  ...{ kind: 'answer', status: 400 },
  body: JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message: 'no' }),
});

const FAULTS: readonly [string, Fault][] = [
  ['500', { kind: 'answer', status: 500 }],
  ['500, though it was done', { kind: 'answer', status: 500, passed: true }],
  ['throttling', denied('ProvisionedThroughputExceededException')],
  ['a reset', { kind: 'reset' }],
  ['a reset, though it was done', { kind: 'reset', passed: true }],
  ['silence, though it was done', { kind: 'silence', passed: true }],
];
const CALLS = ['PutItem', 'GetItem', 'DeleteItem'];
const ADVICE: readonly [string, string][] = [
  ['ExpiredTokenException', 'the credentials from the profile acme have expired: get new ones'],
  ['AccessDeniedException', 'check what the profile acme may do there'],
];

describe('an item that locks', () => {
  test.each(CALLS.flatMap((call) => FAULTS.map(([name, fault]) => [name, call, fault] as const)))(
    'is made and removed in spite of one %s at %s',
    async (_name, call, fault) => {
      fail(call, fault, 1);
      const held = await store.lock(lockRequest({ id: 'ours' }));
      expect(await store.currentLock()).toMatchObject({ id: 'ours' });
      await held.release();
      expect(server.items.has(LOCK)).toBe(false);
    },
  );

  test.each(ADVICE)('that cannot be made for %s says so, and is not there', async (code, hint) => {
    fail('PutItem', denied(code));
    await expect(store.lock(lockRequest())).rejects.toMatchObject({ code: 'LockFailed', hint });
    expect(server.items.has(LOCK)).toBe(false);
  });

  test.each(ADVICE)('that cannot be read for %s says so', async (code, hint) => {
    fail('GetItem', denied(code));
    await expect(store.currentLock()).rejects.toMatchObject({ code: 'LockUnreadable', hint });
  });

  test.each(ADVICE)('that cannot be removed for %s says so, and is explained later', async (code, hint) => {
    const held = await store.lock(lockRequest({ id: 'ours' }));
    fail('DeleteItem', denied(code));
    await expect(held.release()).rejects.toMatchObject({ code: 'LockNotReleased', hint });
    expect(await store.currentLock()).toMatchObject({ id: 'ours', who: 'jdoe@laptop' });
    fail('none', { kind: 'reset' });
    await held.release();
    expect(await store.currentLock()).toBeUndefined();
  });

  test('of somebody else stays, whatever we do', async () => {
    const theirs = await openStore(server.origin, { dynamodbTable: 'locks' });
    const held = await theirs.lock(lockRequest({ id: 'theirs', who: 'rroe@desktop' }));
    const refused = store.lock(lockRequest({ id: 'ours' }));
    await expect(refused).rejects.toMatchObject({
      ...{ code: 'StateLocked', message: expect.stringContaining('rroe@desktop') as unknown },
    });
    await expect(store.breakLock('ours')).rejects.toMatchObject({ code: 'LockChanged' });
    expect(await store.currentLock()).toMatchObject({ id: 'theirs' });
    await held.release();
    theirs.close();
  });
});

describe('the digest of a state', () => {
  test.each(FAULTS)('is written after it in spite of one %s', async (_name, fault) => {
    fail('PutItem', fault, 1);
    const written = await store.compareAndSwap(await readStored(store), POST);
    expect(written.serial).toBe(8);
    expect({ state: now(), digest: digest() }).toEqual({ state: POST, digest: md5(POST) });
  });

  test.each(ADVICE)('that cannot be read for %s stops before the write', async (code, hint) => {
    fail('GetItem', denied(code));
    const refused = store.compareAndSwap(await readStored(store), POST);
    await expect(refused).rejects.toMatchObject({ code: 'DigestUnreadable', hint });
    expect({ state: now(), digest: digest() }).toEqual({ state: BASE, digest: md5(BASE) });
  });

  test.each(ADVICE)('that cannot be written for %s is made good later', async (code, hint) => {
    fail('PutItem', denied(code));
    const refused = store.compareAndSwap(await readStored(store), POST);
    await expect(refused).rejects.toMatchObject({ code: 'DigestNotWritten', hint });
    expect({ state: now(), digest: digest() }).toEqual({ state: POST, digest: md5(BASE) });
    fail('none', { kind: 'reset' });
    await store.settle(await readStored(store));
    expect(digest()).toBe(md5(POST));
  });
});
