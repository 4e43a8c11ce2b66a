import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { openTerraformStateStore } from '../../src/surgery/store/terraform/terraform-state-store.js';
import { execute } from '../../src/surgery/engine/execute.js';
import { prepare } from '../../src/surgery/engine/prepare.js';
import type { StateStore, StoredState } from '../../src/surgery/store/store.js';
import { sha256Of } from '../../src/surgery/store/stored-state.js';
import { openTerraform } from '../../src/terraform/terraform.js';
import { PASSWORD, startHttpBackend, type HttpBackend } from '../support/http-backend.js';
import { lockRequest, readStored } from '../support/s3-store.js';
import { executionIn, wishOf } from '../support/surgery/execution.js';
import { requires } from './support/requires.js';
import { useTempDir } from './support/temp-dir.js';
import { initRealRoot, type RealRoot } from './support/terraform-root.js';

const describeRoot = await requires(['terraform']);

const signal = AbortSignal.timeout(300_000);

/** One serial more, and an output that is written as terraform does not write it. */
function nextOf({ bytes, serial }: StoredState): Buffer {
  const mark = `"outputs":{"mark":{"value":"by us","type":"string"}}`;
  return Buffer.from(
    bytes
      .toString()
      .replace('"outputs": {}', mark)
      .replace(`"serial": ${serial}`, `"serial": ${serial + 1}`),
  );
}

describeRoot('a state that terraform alone can reach', () => {
  const home = useTempDir();
  let backend: HttpBackend;
  let root: RealRoot;
  let store: StateStore;

  beforeEach(async () => {
    backend = await startHttpBackend();
    const http = { ...backend.settings, password: PASSWORD };
    root = await initRealRoot(home(), {
      'main.tf': 'resource "terraform_data" "one" {}',
      'backend.tf.json': JSON.stringify({ terraform: { backend: { http } } }),
      'store/keep': '',
    });
    const folder = join(root.folder, 'store');
    const env = { ...process.env, TF_CLI_CONFIG_FILE: undefined };
    const terraform = await openTerraform(
      { named: undefined, folder, cacheFolder: folder, timeoutMs: 60_000 },
      { env, cwd: folder, signal },
    );
    store = openTerraformStateStore({
      ...{ terraform, folder, backend: 'http', label: 'the http state of prod' },
      root: { name: 'prod', folder: root.folder, env: {}, backend: { type: 'other', name: 'http' } },
    });
  });

  afterEach(async () => {
    store.close();
    await backend.close();
  });

  const apply = async (): Promise<void> => {
    await root.terraform('apply', '-auto-approve', '-no-color');
  };

  test('is none before it is written', async () => {
    expect(await store.read()).toBeUndefined();
  });

  test('is replaced by terraform, which renumbers it', async () => {
    await apply();
    await store.probe();
    const base = await readStored(store);
    const held = await store.lock(lockRequest());
    const post = nextOf(base);
    const approved = { sha256: sha256Of(post), serial: base.serial + 1 };
    expect(store.holds(base, approved)).toBe(false);
    const written = await store.compareAndSwap(base, post);
    await held.release();
    expect(store.holds(written, approved)).toBe(true);
    expect(JSON.parse(backend.state)).toMatchObject({ outputs: { mark: { value: 'by us' } } });
    expect(await readdir(join(root.folder, 'store'))).not.toContain('push.tfstate');
    expect(backend.requests.filter((line) => /^(UN)?LOCK/.test(line)).length).toBeGreaterThanOrEqual(4);
  });

  test('is told as written by another process, too, when it was written as terraform writes', async () => {
    await apply();
    const base = await readStored(store);
    const post = { sha256: base.sha256, serial: base.serial };
    const renumbered = Buffer.from(base.bytes.toString().replace(/"serial": \d+/, '"serial": 99'));
    expect(store.holds({ ...base, bytes: renumbered, sha256: sha256Of(renumbered) }, post)).toBe(true);
  });

  test('that has changed since is left alone', async () => {
    await apply();
    const base = await readStored(store);
    await root.terraform('apply', '-auto-approve', '-replace=terraform_data.one');
    const theirs = backend.state;
    await expect(store.compareAndSwap(base, nextOf(base))).rejects.toMatchObject({ code: 'StateChanged' });
    expect(backend.state).toBe(theirs);
  });

  test("that changes between our last look and terraform's is left alone, too", async () => {
    await apply();
    const base = await readStored(store);
    const before = backend.state;
    await root.terraform('apply', '-auto-approve', '-replace=terraform_data.one');
    const theirs = backend.state;
    const reads = backend.requests.length;
    backend.state = before;
    // Once our look is over, the others' state is there.
    const look = setInterval(() => {
      if (backend.requests.length > reads) backend.state = theirs;
    }, 5);
    await expect(store.compareAndSwap(base, nextOf(base))).rejects.toMatchObject({ code: 'StateChanged' });
    clearInterval(look);
    expect(backend.state).toBe(theirs);
  });

  test('is changed by a request that is approved, and what was before is kept', async () => {
    await apply();
    const base = await readStored(store);
    const wish = wishOf({ operations: [{ op: 'rm', addresses: ['terraform_data.one'], everything: true }] });
    const occasion = { now: Date.now, nonce: () => 'e'.repeat(64) };
    const { request } = await prepare(wish, store, occasion);
    const execution = executionIn(join(home(), 'data'), store, { now: Date.now });
    const { state, backup } = await execute(request, execution);
    expect(state.serial).toBeGreaterThan(base.serial);
    expect(await readFile(backup.file)).toEqual(base.bytes);
    await expect(root.terraform('plan', '-detailed-exitcode', '-no-color')).rejects.toMatchObject({
      stdout: expect.stringContaining('1 to add, 0 to change, 0 to destroy') as unknown,
    });
  });

  const LOCK = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const lockOfSomebody = (): void => {
    backend.lock = JSON.stringify({ ID: LOCK, Operation: 'OperationTypeApply', Who: 'jdoe@laptop' });
  };

  test('is not written while somebody holds its lock', async () => {
    await apply();
    const base = await readStored(store);
    lockOfSomebody();
    const theirs = backend.state;
    await expect(store.compareAndSwap(base, nextOf(base))).rejects.toMatchObject({
      ...{ code: 'StateLocked', exitCode: 4, message: expect.stringContaining(LOCK) as unknown },
    });
    expect(backend.state).toBe(theirs);
  });

  test('tells the ID of the lock, which is all that the backend says of it', async () => {
    expect(await store.currentLock()).toBeUndefined();
    await apply();
    expect(await store.currentLock()).toBeUndefined();
    lockOfSomebody();
    expect(await store.currentLock()).toMatchObject({ id: LOCK, who: undefined, created: undefined });
  });

  test('is unlocked, but no other lock than the one that was named is taken away', async () => {
    await apply();
    lockOfSomebody();
    await expect(store.breakLock('another')).rejects.toMatchObject({ code: 'LockChanged' });
    expect(backend.lock).toContain(LOCK);
    await store.breakLock(LOCK);
    expect(backend.lock).toBeUndefined();
    await expect(store.breakLock(LOCK)).rejects.toMatchObject({ code: 'LockChanged' });
  });
});
