import { createHash } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { TfrepairError } from '../../../../src/errors.js';
import type { StateStore, StoredState } from '../../../../src/surgery/store/store.js';
import { startFaultyProxy, type Fault, type FaultyProxy } from '../../../support/faulty-proxy.js';
import { lockRequest, openStore, readStored, stateOf } from '../../../support/s3-store.js';
import { startS3Server, type S3Server } from '../../../support/s3-server.js';

const PATH = '/states/acme/prod.tfstate';
const BASE = stateOf(7);
const POST = stateOf(8);

let server: S3Server;
let proxy: FaultyProxy;
let store: StateStore;
let base: StoredState;

beforeEach(async () => {
  server = await startS3Server();
  proxy = await startFaultyProxy(server.origin);
  store = await openStore(proxy.origin);
  put(BASE);
  base = await readStored(store);
  proxy.requests.length = 0;
});

afterEach(async () => {
  store.close();
  await proxy.close();
  await server.close();
  delete process.env['AWS_ENDPOINT_URL'];
});

function put(bytes: Buffer): void {
  const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
  server.objects.set(PATH, { bytes, etag, headers: {} });
}

const now = (): Buffer | undefined => server.objects.get(PATH)?.bytes;

/** How a swap ended. */
async function swap(): Promise<StoredState | TfrepairError> {
  return store.compareAndSwap(base, POST).catch((error: unknown) => {
    if (error instanceof TfrepairError) return error;
    throw error;
  });
}

/** The requests that a swap makes, by what begins them. */
const CALLS = [
  'HEAD ',
  'GET /states/acme/prod.tfstate?tagging',
  'PUT ',
  'GET /states/acme/prod.tfstate?x-id',
];

const FAULTS: readonly [string, Fault][] = [
  ['500', { kind: 'answer', status: 500 }],
  ['500, though it was done', { kind: 'answer', status: 500, passed: true }],
  ['503', { kind: 'answer', status: 503, body: '<Error><Code>SlowDown</Code></Error>' }],
  ['a reset', { kind: 'reset' }],
  ['a reset, though it was done', { kind: 'reset', passed: true }],
  ['silence', { kind: 'silence' }],
  ['silence, though it was done', { kind: 'silence', passed: true }],
];

/** A read that was done is as good as one that was not. */
const TABLE = CALLS.flatMap((call) =>
  FAULTS.filter(([, fault]) => call === 'PUT ' || !('passed' in fault)).map(
    ([name, fault]) => [name, call, fault] as const,
  ),
);

describe('a swap', () => {
  test('makes the requests that are tried here', async () => {
    await swap();
    expect(proxy.requests.map((line) => CALLS.findIndex((call) => line.startsWith(call))).sort()).toEqual([
      0, 1, 2, 3,
    ]);
  });

  test.each(TABLE)('survives one %s at %s', async (_name, call, fault) => {
    let times = 0;
    proxy.fault = ({ method, url }) =>
      `${method} ${url}`.startsWith(call) && times++ === 0 ? fault : undefined;
    expect(await swap()).toMatchObject({ serial: 8 });
    expect(now()).toEqual(POST);
  });

  test.each(TABLE)(
    'says what happened when %s at %s does not end',
    async (_name, call, fault) => {
      proxy.fault = ({ method, url }) => (`${method} ${url}`.startsWith(call) ? fault : undefined);
      const outcome = await swap();
      if (outcome instanceof TfrepairError) {
        expect(outcome.message).toMatch(/s3:\/\/states\/acme\/prod\.tfstate/);
        expect(now()).toEqual(outcome.message.includes('is written') ? POST : BASE);
      } else expect(now()).toEqual(POST);
    },
    60_000,
  );

  test('of which nothing is heard any more says that it cannot tell', async () => {
    let isDead = false;
    proxy.fault = ({ method }) => {
      isDead ||= method === 'PUT';
      return isDead ? { kind: 'reset', passed: method === 'PUT' } : undefined;
    };
    expect(await swap()).toMatchObject({
      ...{
        code: 'StateWriteUnclear',
        hint: 'tfrepair state resume looks again, and finishes what was begun',
      },
    });
    expect(now()).toEqual(POST);
  });

  test('whose answer is lost, and which somebody has overwritten since, says that it cannot tell', async () => {
    let times = 0;
    proxy.fault = ({ method }) => {
      if (method !== 'PUT') return undefined;
      if (times++ === 0) return { kind: 'reset', passed: true };
      put(stateOf(9));
      return undefined;
    };
    expect(await swap()).toMatchObject({ code: 'StateWriteUnclear' });
    expect(now()).toEqual(stateOf(9));
  });

  test('that meets another write is tried again while the state is the base', async () => {
    let times = 0;
    const conflict = '<Error><Code>ConditionalRequestConflict</Code></Error>';
    proxy.fault = ({ method }) =>
      method === 'PUT' && times++ < 2 ? { kind: 'answer', status: 409, body: conflict } : undefined;
    expect(await swap()).toMatchObject({ serial: 8 });
    expect(now()).toEqual(POST);
  });

  test('that always meets another write gives up, and has written nothing', async () => {
    proxy.fault = ({ method }) => (method === 'PUT' ? { kind: 'answer', status: 409 } : undefined);
    expect(await swap()).toMatchObject({ code: 'StateWriteFailed' });
    expect(now()).toEqual(BASE);
  });

  test('that loses against the other write of a conflict says so', async () => {
    proxy.fault = ({ method }) => {
      if (method !== 'PUT') return undefined;
      put(stateOf(8, { theirs: true }));
      return { kind: 'answer', status: 409 };
    };
    expect(await swap()).toMatchObject({ code: 'StateChanged', exitCode: 5 });
    expect(now()).toEqual(stateOf(8, { theirs: true }));
  });

  test('that reads back other bytes says so', async () => {
    proxy.fault = ({ url }) => (url.includes('x-id=GetObject') ? { kind: 'spoil' } : undefined);
    expect(await swap()).toMatchObject({
      ...{ code: 'StateNotVerified', message: expect.stringContaining('is not what was written') as unknown },
    });
  });

  test('that is overwritten by somebody who had not seen it says so', async () => {
    proxy.fault = ({ url }) => {
      if (url.includes('x-id=GetObject')) put(stateOf(8, { blind: true }));
      return undefined;
    };
    expect(await swap()).toMatchObject({
      ...{ code: 'StateNotVerified', message: expect.stringContaining('who had not seen that') as unknown },
    });
  });

  test('on which somebody has built at once is a success', async () => {
    proxy.fault = ({ url }) => {
      if (url.includes('x-id=GetObject')) put(stateOf(9));
      return undefined;
    };
    expect(await swap()).toMatchObject({ serial: 8, builtUpon: 9 });
  });

  test('on which somebody has built is looked for among the versions that the bucket keeps', async () => {
    await server.close();
    server = await startS3Server({ versioned: true });
    await proxy.close();
    proxy = await startFaultyProxy(server.origin);
    store = await openStore(proxy.origin);
    put(BASE);
    let spoils: Fault | undefined;
    proxy.fault = ({ url }) => {
      if (url.includes('versionId')) return spoils;
      if (url.includes('x-id=GetObject')) put(stateOf(9));
      return undefined;
    };
    expect(await swap()).toMatchObject({ serial: 8, builtUpon: 9 });
    const [, version = ''] = /versionId=([^&]+)/.exec(proxy.requests.at(-1) ?? '') ?? [];
    expect(server.versions.get(PATH)).toMatchObject([{ versionId: version, bytes: POST }]);

    put(BASE);
    spoils = { kind: 'answer', status: 403 };
    expect(await swap()).toMatchObject({ serial: 8, builtUpon: 9 });

    put(BASE);
    spoils = { kind: 'spoil' };
    expect(await swap()).toMatchObject({
      ...{ code: 'StateNotVerified', message: expect.stringContaining('is not what was written') as unknown },
    });
  });

  test.each([
    ['ExpiredToken', 400, 'the credentials from the profile acme have expired: get new ones'],
    ['AccessDenied', 403, 'check what the profile acme may do there'],
    ['RequestTimeTooSkewed', 403, "set this machine's clock: it is too far from AWS's"],
  ])(
    'that is refused with %s says what to do, and has written nothing',
    async (code, status, hint) => {
      const body = `<Error><Code>${code}</Code><Message>no</Message></Error>`;
      proxy.fault = ({ method }) => (method === 'PUT' ? { kind: 'answer', status, body } : undefined);
      expect(await swap()).toMatchObject({ code: 'StateWriteFailed', hint });
      expect(now()).toEqual(BASE);
    },
    30_000,
  );
});

describe('a lock', () => {
  test.each(FAULTS)('is taken and given back in spite of one %s at each', async (_name, fault) => {
    const failed = new Set<string>();
    proxy.fault = ({ method }) => {
      const isFirst = !failed.has(method);
      failed.add(method);
      return isFirst ? fault : undefined;
    };
    const held = await store.lock(lockRequest({ id: 'ours' }));
    expect(await store.currentLock()).toMatchObject({ id: 'ours' });
    await held.release();
    expect(await store.currentLock()).toBeUndefined();
  });

  test('that cannot be given back is said', async () => {
    const held = await store.lock(lockRequest());
    proxy.fault = ({ method }) => (method === 'DELETE' ? { kind: 'answer', status: 500 } : undefined);
    await expect(held.release()).rejects.toMatchObject({
      ...{ code: 'LockNotReleased', hint: 'tfrepair state unlock removes it' },
    });
  });
});
