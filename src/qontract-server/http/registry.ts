import type { Bundle } from '../bundle/bundle.js';
import type { GraphqlEngine } from '../graphql/engine.js';

/** A bundle that can answer queries. */
export interface LoadedBundle {
  readonly bundle: Bundle;
  readonly engine: GraphqlEngine;
}

interface Entry extends LoadedBundle {
  /** Milliseconds since the epoch. */
  expiration: number;
}

/** How long a bundle is kept after its last query, in milliseconds, when nothing else is said. */
export const DEFAULT_BUNDLE_TTL = 20 * 60 * 1000;

/**
 * The bundles that are being served, in the order of their registration. Every one of them can be queried by its
 * checksum; the latest answers where no checksum is given, and never expires.
 */
export class BundleRegistry {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #ttl: number;
  #latestSha: string | undefined;

  constructor(now: () => number, ttl: number = DEFAULT_BUNDLE_TTL) {
    this.#now = now;
    this.#ttl = ttl;
  }

  get latest(): LoadedBundle | undefined {
    return this.#latestSha === undefined ? undefined : this.#entries.get(this.#latestSha);
  }

  get(sha: string): LoadedBundle | undefined {
    return this.#entries.get(sha);
  }

  /** Adds a bundle, which becomes the latest unless `latest` is false. */
  register(loaded: LoadedBundle, { latest = true } = {}): void {
    const { sha256 } = loaded.bundle;
    this.#entries.set(sha256, { ...loaded, expiration: this.#now() + this.#ttl });
    if (latest || this.#latestSha === undefined) this.#latestSha = sha256;
  }

  /** Makes a bundle that is being served the latest. */
  promote(sha: string): void {
    if (this.#entries.has(sha)) this.#latestSha = sha;
  }

  /** The bundle for a query, whose time to live starts again. */
  use(sha: string): LoadedBundle | undefined {
    const entry = this.#entries.get(sha);
    if (entry !== undefined) entry.expiration = this.#now() + this.#ttl;
    return entry;
  }

  /** Forgets every bundle whose time has passed, except the latest. */
  removeExpired(): void {
    for (const [sha, entry] of this.#entries) {
      if (sha !== this.#latestSha && entry.expiration < this.#now()) this.#entries.delete(sha);
    }
  }

  /** The checksum of each bundle, and when it expires (milliseconds since the epoch). */
  expirations(): { sha: string; expiration: number }[] {
    return [...this.#entries].map(([sha, { expiration }]) => ({ sha, expiration }));
  }
}
