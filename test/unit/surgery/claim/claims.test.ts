import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { Claim, Claims } from '../../../../src/surgery/claim/claim.js';
import { execute } from '../../../../src/surgery/engine/execute.js';
import { openLocalStateStore } from '../../../../src/surgery/store/local/local-state-store.js';
import type { StateStore } from '../../../../src/surgery/store/store.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { startFaultyProxy, type Fault, type FaultyProxy } from '../../../support/faulty-proxy.js';
import { openStore } from '../../../support/s3-store.js';
import { startS3Server, type S3Server } from '../../../support/s3-server.js';
import { executionIn, NOW, prepared, queuesState } from '../../../support/surgery/execution.js';

const PATH = '/states/acme/prod.tfstate';
const BASE = queuesState(['a', 'b', 'c']);
const POST = queuesState(['b', 'c'], 8);
const CLAIM: Claim = { digest: 'd'.repeat(64), attempt: 'ours', who: 'jdoe@laptop', created: NOW };
const THEIRS: Claim = { ...CLAIM, attempt: 'theirs', who: 'rroe@desktop' };
const FOLDER = `${PATH}.tfrepair`;
const OBJECT = `${FOLDER}/${CLAIM.digest}.spent`;

let server: S3Server;
let proxy: FaultyProxy;
let store: StateStore;

beforeEach(async () => {
  server = await startS3Server();
  proxy = await startFaultyProxy(server.origin);
  store = await openStore(proxy.origin);
});

afterEach(async () => {
  store.close();
  await proxy.close();
  await server.close();
  delete process.env['AWS_ENDPOINT_URL'];
});

function claimsOf({ claims }: StateStore): Claims {
  if (claims === undefined) throw new Error('the store keeps no claims');
  return claims;
}

/** As somebody else would: the very bytes, with the very ETag. */
async function put(bytes: Buffer, headers: Record<string, string> = {}): Promise<void> {
  await fetch(`${server.origin}${PATH}`, { method: 'PUT', body: new Uint8Array(bytes), headers });
}

describe.each(['S3', 'a file'])('a claim beside a state in %s', (kind) => {
  const home = useTempDir();
  const file = (): string => join(home(), 'terraform.tfstate');
  let claims: Claims;

  beforeEach(async () => {
    await put(BASE);
    await writeFile(file(), BASE);
    claims = claimsOf(kind === 'S3' ? store : openLocalStateStore(file(), process.env));
  });

  const isThere = (): boolean =>
    kind === 'S3' ? server.objects.has(OBJECT) : existsSync(`${file()}.tfrepair/${CLAIM.digest}.spent`);

  test('is taken once, and says who has taken it', async () => {
    await claims.take(THEIRS);
    await expect(claims.take(CLAIM)).rejects.toMatchObject({
      ...{ code: 'AlreadyExecuted', exitCode: 4 },
      message: expect.stringContaining('by rroe@desktop at 2026-11-23T10:00:00.000Z') as unknown,
    });
    await claims.take({ ...CLAIM, digest: 'e'.repeat(64) });
  });

  test('is given back by its own attempt alone', async () => {
    await claims.take(THEIRS);
    await claims.giveBack(CLAIM.digest, ['ours', 'earlier']);
    expect(isThere()).toBe(true);
    await claims.giveBack(CLAIM.digest, ['earlier', 'theirs']);
    expect(isThere()).toBe(false);
    await claims.giveBack(CLAIM.digest, ['theirs']);
    await claims.take(CLAIM);
  });
});

describe('a claim in S3', () => {
  const SAME: [string, Fault][] = [
    ['a reset, though it was done', { kind: 'reset', passed: true }],
    ['500, though it was done', { kind: 'answer', status: 500, passed: true }],
    ['503', { kind: 'answer', status: 503 }],
  ];

  test.each(SAME)('is taken in spite of one %s', async (_name, fault) => {
    let times = 0;
    proxy.fault = ({ method }) => (method === 'PUT' && times++ === 0 ? fault : undefined);
    await claimsOf(store).take(CLAIM);
    await expect(claimsOf(store).take(THEIRS)).rejects.toMatchObject({ code: 'AlreadyExecuted' });
  });

  test('is encrypted as the state is', async () => {
    const kms = {
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'k',
    };
    await put(BASE, kms);
    await claimsOf(store).take(CLAIM);
    expect(server.objects.get(OBJECT)?.headers).toEqual({ ...kms, 'content-type': 'application/json' });
  });

  test('that may not be made, or not be removed, says so', async () => {
    const denied: Fault = { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
    const hint = 'check what the profile acme may do there';
    proxy.fault = ({ method }) => (method === 'PUT' ? denied : undefined);
    await expect(claimsOf(store).take(CLAIM)).rejects.toMatchObject({ code: 'ClaimFailed', hint });
    proxy.fault = ({ method }) => (method === 'DELETE' ? denied : undefined);
    await claimsOf(store).take(CLAIM);
    const back = claimsOf(store).giveBack(CLAIM.digest, ['ours']);
    await expect(back).rejects.toMatchObject({ code: 'ClaimNotRemoved', hint });
  });

  test('that nobody can read is somebody else’s', async () => {
    await fetch(`${server.origin}${OBJECT}`, { method: 'PUT', body: 'nonsense' });
    await expect(claimsOf(store).take(CLAIM)).rejects.toMatchObject({ code: 'AlreadyExecuted' });
    await claimsOf(store).giveBack(CLAIM.digest, ['ours']);
    expect(server.objects.has(OBJECT)).toBe(true);
  });
});

describe('a claim in a file', () => {
  const home = useTempDir();
  const state = (): string => join(home(), 'terraform.tfstate');

  test('whose writing was cut short is nobody’s, and leaves nothing behind', async () => {
    await writeFile(state(), BASE);
    const claims = claimsOf(openLocalStateStore(state(), process.env));
    await mkdir(`${state()}.tfrepair`);
    await writeFile(`${state()}.tfrepair/${CLAIM.digest}.spent.new`, '{"requ');
    await claims.giveBack(CLAIM.digest, ['ours']);
    expect(await readdir(home())).toEqual(['terraform.tfstate']);
    await claims.take(CLAIM);
    expect(await readdir(`${state()}.tfrepair`)).toEqual([`${CLAIM.digest}.spent`]);
  });

  test('that cannot be made says so', async () => {
    await writeFile(state(), BASE);
    await writeFile(`${state()}.tfrepair`, '');
    const claims = claimsOf(openLocalStateStore(state(), process.env));
    await expect(claims.take(CLAIM)).rejects.toMatchObject({ code: 'ClaimFailed' });
  });
});

describe('a request on a state in S3', () => {
  const home = useTempDir();

  test('is not executed again from another machine when the old object is put back', async () => {
    await put(BASE);
    const { request } = await prepared(store);
    await execute(request, executionIn(join(home(), 'one'), store));
    expect(server.objects.get(PATH)?.bytes).toEqual(POST);
    await put(BASE);
    const again = execute(request, executionIn(join(home(), 'other'), store));
    await expect(again).rejects.toMatchObject({ code: 'AlreadyExecuted' });
    expect(server.objects.get(PATH)?.bytes).toEqual(BASE);
    expect([...server.objects.keys()].filter((key) => key.endsWith('.tflock'))).toEqual([]);
  });
});
