import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { BundleRegistry, DEFAULT_BUNDLE_TTL } from '../../../../src/qontract-server/http/registry.js';
import { loadedBundle } from '../../../support/small-bundle.js';

const [first, second, third] = ['one', 'two', 'three'].map((commit) => loadedBundle({ commit }));
if (first === undefined || second === undefined || third === undefined) throw new Error('unreachable');
const shaOf = ({ bundle }: typeof first): string => bundle.sha256;

function registryAt(ttl?: number): { registry: BundleRegistry; clock: { now: number } } {
  const clock = { now: 1000 };
  return { registry: new BundleRegistry(() => clock.now, ttl), clock };
}

describe('the registry of bundles', () => {
  test('has nothing at first', () => {
    const { registry } = registryAt();
    expect(registry.latest).toBeUndefined();
    expect(registry.use('abc')).toBeUndefined();
    expect(registry.expirations()).toEqual([]);
  });

  test('takes the bundle registered last as the latest, and serves the others by checksum', () => {
    const { registry } = registryAt();
    registry.register(first);
    registry.register(second);
    expect(registry.latest?.bundle).toBe(second.bundle);
    expect(registry.get(shaOf(first))?.bundle).toBe(first.bundle);
  });

  test('registers a bundle beside the latest when told so', () => {
    const { registry } = registryAt();
    registry.register(first);
    registry.register(second, { latest: false });
    expect(registry.latest?.bundle).toBe(first.bundle);
  });

  test('takes the very first bundle as the latest in any case', () => {
    const { registry } = registryAt();
    registry.register(first, { latest: false });
    expect(registry.latest?.bundle).toBe(first.bundle);
  });

  test('promotes a bundle that it has, and passes over one that it does not have', () => {
    const { registry } = registryAt();
    registry.register(first);
    registry.register(second);
    registry.promote(shaOf(first));
    registry.promote('unknown');
    expect(registry.latest?.bundle).toBe(first.bundle);
  });

  test('lets a bundle expire twenty minutes after it was registered, unless told otherwise', () => {
    const { registry } = registryAt();
    registry.register(first);
    expect(registry.expirations()).toEqual([{ sha: shaOf(first), expiration: 1000 + 20 * 60 * 1000 }]);
    expect(DEFAULT_BUNDLE_TTL).toBe(1_200_000);
  });

  test('forgets expired bundles, but only when asked to', () => {
    const { registry, clock } = registryAt(50);
    registry.register(first);
    registry.register(second);
    clock.now += 51;
    expect(registry.get(shaOf(first))).toBeDefined();
    registry.removeExpired();
    expect(registry.get(shaOf(first))).toBeUndefined();
  });

  test('keeps a bundle at the very moment of its expiration', () => {
    const { registry, clock } = registryAt(50);
    registry.register(first);
    registry.register(second);
    clock.now += 50;
    registry.removeExpired();
    expect(registry.get(shaOf(first))).toBeDefined();
  });

  test('never forgets the latest', () => {
    const { registry, clock } = registryAt(50);
    registry.register(first);
    clock.now += 1_000_000;
    registry.removeExpired();
    expect(registry.latest?.bundle).toBe(first.bundle);
  });

  test('starts the time to live again with each use, and not with a mere look', () => {
    const { registry, clock } = registryAt(50);
    for (const loaded of [first, second, third]) registry.register(loaded);
    clock.now += 40;
    registry.use(shaOf(first));
    registry.get(shaOf(second));
    clock.now += 40;
    registry.removeExpired();
    expect(registry.expirations().map(({ sha }) => sha)).toEqual([shaOf(first), shaOf(third)]);
  });

  test('has a latest bundle that can be used, whatever happens once there is one', () => {
    const step = fc.record({
      action: fc.constantFrom('register', 'aside', 'use', 'promote', 'expire'),
      which: fc.constantFrom(first, second, third),
      wait: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { registry, clock } = registryAt(50);
        registry.register(first);
        for (const { action, which, wait } of steps) {
          clock.now += wait;
          if (action === 'register') registry.register(which);
          if (action === 'aside') registry.register(which, { latest: false });
          if (action === 'use') registry.use(shaOf(which));
          if (action === 'promote') registry.promote(shaOf(which));
          if (action === 'expire') registry.removeExpired();
          const sha = registry.latest?.bundle.sha256 ?? '';
          expect(registry.get(sha)).toBe(registry.latest);
        }
      }),
    );
  });
});
