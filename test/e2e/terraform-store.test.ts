import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { openStateStore } from '../../src/surgery/store/open-state-store.js';
import type { StateStore, StoredState } from '../../src/surgery/store/store.js';
import { sha256Of } from '../../src/surgery/store/stored-state.js';
import { openTerraform } from '../../src/terraform/terraform.js';
import { startTestServer, type TestServer } from '../support/http-server.js';
import { lockRequest, readStored } from '../support/s3-store.js';
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
  let server: TestServer;
  let stored: string;
  let root: RealRoot;
  let store: StateStore;

  beforeEach(async () => {
    stored = '';
    server = await startTestServer(({ method, body }) => {
      if (method === 'POST') stored = body;
      return { status: 200, body: method === 'GET' ? stored : '' };
    });
    const backend = {
      http: { address: server.origin, lock_address: server.origin, unlock_address: server.origin },
    };
    root = await initRealRoot(home(), {
      'main.tf': 'resource "terraform_data" "one" {}',
      'backend.tf.json': JSON.stringify({ terraform: { backend } }),
      'store/keep': '',
    });
    const folder = join(root.folder, 'store');
    const env = { ...process.env, TF_CLI_CONFIG_FILE: undefined };
    const terraform = () =>
      openTerraform(
        { named: undefined, folder, cacheFolder: folder, timeoutMs: 60_000 },
        { env, cwd: folder, signal },
      );
    store = await openStateStore(
      { name: 'prod', folder: root.folder, env: {}, backend: { type: 'other', name: 'http' } },
      {
        ...{ terraform, folder, world: { env, signal } },
        credentials: () => Promise.reject(new Error('no credentials are needed')),
      },
    );
  });

  afterEach(async () => {
    store.close();
    await server.close();
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
    expect(JSON.parse(stored)).toMatchObject({ outputs: { mark: { value: 'by us' } } });
    expect(await readdir(join(root.folder, 'store'))).not.toContain('push.tfstate');
    expect(server.requests.filter((line) => /^(UN)?LOCK/.test(line)).length).toBeGreaterThanOrEqual(4);
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
    const theirs = stored;
    await expect(store.compareAndSwap(base, nextOf(base))).rejects.toMatchObject({ code: 'StateChanged' });
    expect(stored).toBe(theirs);
  });

  test("that changes between our last look and terraform's is left alone, too", async () => {
    await apply();
    const base = await readStored(store);
    const before = stored;
    await root.terraform('apply', '-auto-approve', '-replace=terraform_data.one');
    const theirs = stored;
    const reads = server.requests.length;
    stored = before;
    // Once our look is over, the others' state is there.
    const look = setInterval(() => {
      if (server.requests.length > reads) stored = theirs;
    }, 5);
    await expect(store.compareAndSwap(base, nextOf(base))).rejects.toMatchObject({ code: 'StateChanged' });
    clearInterval(look);
    expect(stored).toBe(theirs);
  });

  test('is unlocked by terraform alone', async () => {
    expect(await store.currentLock()).toBeUndefined();
    await expect(store.breakLock('theirs')).rejects.toMatchObject({
      hint: expect.stringContaining('terraform force-unlock theirs') as unknown,
    });
  });
});
