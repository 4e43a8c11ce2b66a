import { createHash } from 'node:crypto';

import { parseBundle } from './bundle/parse.js';
import { createEngine } from './graphql/engine.js';
import type { BundleRegistry, LoadedBundle } from './http/registry.js';
import type { BundleBytes, BundleSource } from './sources/source.js';

/** What reading the source again has brought. */
export interface LoadOutcome {
  /** Whether there is another latest bundle now, or any that was not being served. */
  readonly changed: boolean;
  /** The checksum of the source's last bundle. */
  readonly sha256: string;
  readonly warnings: readonly string[];
}

export interface LoadOptions {
  /**
   * Make the source's last bundle the latest even if it was being served already. The real server does not: going back
   * to older data that is still cached changes nothing there.
   */
  readonly followSource?: boolean;
}

/**
 * Reads every bundle of a source and registers those that are not being served yet; the source's last one becomes the
 * latest. Expired bundles go when new data comes.
 *
 * @throws FailedError when a bundle cannot be read or used; then nothing has changed
 */
export async function loadBundles(
  source: BundleSource,
  registry: BundleRegistry,
  { followSource = false }: LoadOptions = {},
): Promise<LoadOutcome> {
  const warnings: string[] = [];
  const fresh: LoadedBundle[] = [];
  let sha256 = '';
  for await (const bytes of source.read()) {
    warnings.push(...bytes.warnings);
    const known = shaIfServed(bytes, registry);
    if (known === undefined) fresh.push(loadBundle(bytes));
    sha256 = known ?? fresh.at(-1)?.bundle.sha256 ?? '';
  }
  const before = registry.latest;
  if (fresh.length > 0) registry.removeExpired();
  for (const loaded of fresh) registry.register(loaded, { latest: loaded.bundle.sha256 === sha256 });
  if (followSource) registry.promote(sha256);
  return { changed: fresh.length > 0 || registry.latest !== before, sha256, warnings };
}

function loadBundle({ bytes, name }: BundleBytes): LoadedBundle {
  const bundle = parseBundle(bytes, name);
  return { bundle, engine: createEngine(bundle) };
}

/** Spares the first load a second look at all bytes. */
function shaIfServed({ bytes }: BundleBytes, registry: BundleRegistry): string | undefined {
  if (registry.latest === undefined) return undefined;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return registry.get(sha256)?.bundle.sha256;
}
