import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { bundleFiles } from '../../../src/qontract-server/sources/bundle-files.js';
import {
  startQontractServer,
  type QontractServer,
  type ServerOptions,
} from '../../../src/qontract-server/start.js';
import { shaOf, smallBundle } from '../../support/small-bundle.js';

const [first, second] = [smallBundle({ commit: 'one' }), smallBundle({ commit: 'two' })];

let folder = '';
let server: QontractServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfrepair-test-'));
  await writeFile(join(folder, 'b.json'), first);
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

async function start(options: Partial<ServerOptions> = {}): Promise<QontractServer> {
  server = await startQontractServer({ source: bundleFiles(['b.json'], folder), now: Date.now, ...options });
  return server;
}

describe('a server in this process', () => {
  test('says where it is and what it serves, also after a reload', async () => {
    const { url, sha256, bundle } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect([sha256, bundle.gitCommit]).toEqual([shaOf(first), 'one']);
    await writeFile(join(folder, 'b.json'), second);
    expect(await server?.reload()).toEqual({ changed: true, sha256: shaOf(second), warnings: [] });
    expect([server?.sha256, server?.bundle.gitCommit]).toEqual([shaOf(second), 'two']);
  });

  test('tells its caller, and its log, when a reload fails', async () => {
    const failures: unknown[] = [];
    const { url } = await start({ events: { onReloadFailure: (error) => failures.push(error) } });
    await rm(join(folder, 'b.json'));
    await expect(server?.reload()).rejects.toMatchObject({ code: 'BundleUnreadable' });
    expect((await fetch(new URL('/reload', url), { method: 'POST' })).status).toBe(503);
    expect(failures).toMatchObject([{ code: 'BundleUnreadable' }]);
    await writeFile(join(folder, 'b.json'), first);
  });

  test('reloads one after the other when asked for many at once', async () => {
    const outcomes: boolean[] = [];
    const { url } = await start({ events: { onReload: ({ changed }) => outcomes.push(changed) } });
    await writeFile(join(folder, 'b.json'), second);
    const reload = () => fetch(new URL('/reload', url), { method: 'POST' });
    await Promise.all([reload(), reload(), reload()]);
    expect(outcomes).toEqual([true, false, false]);
  });

  test('has metrics when wanted, with the number of loads', async () => {
    const { url } = await start({ metrics: true });
    const text = await (await fetch(new URL('/metrics', url))).text();
    expect(text).toContain('qontract_server_reloads_total 1');
  });

  test('has no metrics otherwise', async () => {
    const { url } = await start();
    expect((await fetch(new URL('/metrics', url))).status).toBe(404);
  });

  test('does not start once it has been interrupted', async () => {
    const reason = new Error('interrupted');
    await expect(start({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('frees its port when it is closed', async () => {
    const { url } = await start();
    const address = { host: '127.0.0.1', port: Number(new URL(url).port) };
    await expect(
      startQontractServer({ source: bundleFiles(['b.json'], folder), now: Date.now, address }),
    ).rejects.toMatchObject({
      code: 'PortInUse',
    });
    await server?.close();
    expect((await start({ address })).url).toBe(url);
  });
});
