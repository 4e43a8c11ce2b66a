import { describe, expect, test } from '@jest/globals';

import { BundleRegistry } from '../../../src/qontract-server/http/registry.js';
import { loadBundles } from '../../../src/qontract-server/load.js';
import type { BundleSource } from '../../../src/qontract-server/sources/source.js';
import { shaOf, smallBundle } from '../../support/small-bundle.js';

const [one, two, three] = ['one', 'two', 'three'].map((commit) => smallBundle({ commit })) as [
  Buffer,
  Buffer,
  Buffer,
];

/** A source whose files the test exchanges. */
function sourceOf(...files: Buffer[]): BundleSource & { files: Buffer[] } {
  const source = {
    files,
    paths: () => Promise.resolve([]),
    async *read() {
      for (const bytes of source.files) {
        await Promise.resolve();
        yield { name: 'file', bytes, warnings: [`read ${shaOf(bytes).slice(0, 4)}`] };
      }
    },
  };
  return source;
}

function served(registry: BundleRegistry): string[] {
  return registry.expirations().map(({ sha }) => sha);
}

describe('loading', () => {
  test('registers every bundle, the last as the latest, and passes on the warnings', async () => {
    const registry = new BundleRegistry(() => 0);
    const outcome = await loadBundles(sourceOf(one, two), registry);
    expect(outcome).toMatchObject({ changed: true, sha256: shaOf(two) });
    expect(outcome.warnings).toHaveLength(2);
    expect(served(registry)).toEqual([shaOf(one), shaOf(two)]);
    expect(registry.latest?.bundle.sha256).toBe(shaOf(two));
  });

  test('again brings nothing when nothing has changed, and does not refresh a bundle', async () => {
    let now = 0;
    const registry = new BundleRegistry(() => now, 10);
    const source = sourceOf(one);
    await loadBundles(source, registry);
    now = 5;
    expect(await loadBundles(source, registry)).toMatchObject({ changed: false, sha256: shaOf(one) });
    expect(registry.expirations()).toEqual([{ sha: shaOf(one), expiration: 10 }]);
  });

  test('again registers what has changed, and forgets what has expired by then', async () => {
    let now = 0;
    const registry = new BundleRegistry(() => now, 10);
    const source = sourceOf(one);
    await loadBundles(source, registry);
    source.files = [two];
    await loadBundles(source, registry);
    now = 11;
    await loadBundles(source, registry);
    expect(served(registry)).toEqual([shaOf(one), shaOf(two)]);
    source.files = [three];
    await loadBundles(source, registry);
    expect(served(registry)).toEqual([shaOf(two), shaOf(three)]);
  });

  test('again keeps the last file as the latest when an earlier one has changed', async () => {
    const registry = new BundleRegistry(() => 0);
    const source = sourceOf(one, two);
    await loadBundles(source, registry);
    source.files = [three, two];
    expect(await loadBundles(source, registry)).toMatchObject({ changed: true, sha256: shaOf(two) });
    expect(served(registry)).toContain(shaOf(three));
    expect(registry.latest?.bundle.sha256).toBe(shaOf(two));
  });

  test('older data that is still served does not make it the latest', async () => {
    const registry = new BundleRegistry(() => 0);
    const source = sourceOf(one);
    for (const bytes of [one, two, one]) {
      source.files = [bytes];
      await loadBundles(source, registry);
    }
    expect(registry.latest?.bundle.sha256).toBe(shaOf(two));
  });

  test('older data makes it the latest when the source is to be followed', async () => {
    const registry = new BundleRegistry(() => 0);
    const source = sourceOf(one);
    for (const bytes of [one, two]) {
      source.files = [bytes];
      await loadBundles(source, registry);
    }
    source.files = [one];
    expect(await loadBundles(source, registry, { followSource: true })).toMatchObject({ changed: true });
    expect(registry.latest?.bundle.sha256).toBe(shaOf(one));
    expect(await loadBundles(source, registry, { followSource: true })).toMatchObject({ changed: false });
  });

  test('changes nothing when one of the bundles is broken', async () => {
    const registry = new BundleRegistry(() => 0);
    const source = sourceOf(one);
    await loadBundles(source, registry);
    source.files = [two, Buffer.from('INVALID BUNDLE')];
    await expect(loadBundles(source, registry)).rejects.toMatchObject({ code: 'BundleNotJson' });
    expect(served(registry)).toEqual([shaOf(one)]);
  });
});
