import type { Spec } from './model/spec.js';

/** Finds specs by provider and identifier; of several the first one counts, as in the original. */
export function indexSpecs(
  specs: readonly Spec[],
): (provider: string, identifier: string) => Spec | undefined {
  const index = new Map<string, Spec>();
  for (const spec of specs) {
    const key = JSON.stringify([spec.provider, spec.identifier]);
    if (!index.has(key)) index.set(key, spec);
  }
  return (provider, identifier) => index.get(JSON.stringify([provider, identifier]));
}
