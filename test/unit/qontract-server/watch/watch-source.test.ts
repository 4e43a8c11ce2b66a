import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import type { BundleSource } from '../../../../src/qontract-server/sources/source.js';
import { watchSource } from '../../../../src/qontract-server/watch/watch-source.js';

let folder = '';
let stop: () => Promise<void> = () => Promise.resolve();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfrepair-test-'));
  await mkdir(join(folder, 'deep'));
  await writeFile(join(folder, 'deep', 'a.yml'), 'a: 1');
});

afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

function sourceOf(paths: BundleSource['paths']): BundleSource {
  return { paths, read: () => Promise.reject(new Error('not read here')) as never };
}

/** Watches the folder; `next` resolves with the next reload's options. */
async function watching(since: number): Promise<{ next: () => Promise<unknown>; reloads: unknown[] }> {
  const reloads: unknown[] = [];
  let wake: (options: unknown) => void = () => undefined;
  const reload = (options: unknown): Promise<void> => {
    reloads.push(options);
    wake(options);
    return Promise.resolve();
  };
  const source = sourceOf(() => Promise.resolve([folder, join(folder, 'not', 'there')]));
  stop = await watchSource({ source, since, reload, onFailure: (error) => reloads.push(error) });
  const next = (): Promise<unknown> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return { next, reloads };
}

const LATER = 60_000;

describe('a watched source', () => {
  test('is reloaded, and followed, when a file in it changes', async () => {
    const { next } = await watching(Date.now() + LATER);
    // Written until it is seen: when the first look is over cannot be known.
    const writing = setInterval(() => void writeFile(join(folder, 'deep', 'a.yml'), `a: ${Date.now()}`), 50);
    setTimeout(() => {
      clearInterval(writing);
    }, 1000);
    expect(await next()).toEqual({ followSource: true });
  });

  test('is reloaded for a file that changed before the watching began', async () => {
    const since = Date.now();
    await writeFile(join(folder, 'deep', 'a.yml'), 'a: 2');
    const { next } = await watching(since);
    expect(await next()).toEqual({ followSource: true });
  });

  test('is reloaded for a file that went before the watching began', async () => {
    const since = Date.now();
    await rm(join(folder, 'deep', 'a.yml'));
    const { next } = await watching(since);
    expect(await next()).toEqual({ followSource: true });
  });

  test('that cannot be watched is reported with what to do, and the server goes on', async () => {
    const failures: unknown[] = [];
    stop = await watchSource({
      source: sourceOf(() => Promise.reject(new Error('no such thing'))),
      since: 0,
      reload: () => Promise.resolve(),
      onFailure: (error) => failures.push(error),
    });
    expect(failures).toMatchObject([
      { code: 'WatchFailed', hint: expect.stringContaining('POST /reload') as unknown },
    ]);
  });
});
