import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import { isDocument } from './read-document.js';

/** Git's hash of a file with this content, in the hash function of the repository (SHA-1, or SHA-256). */
export function blobHash(bytes: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/**
 * The files whose content in the bundle is not that of the commit: changed, new, or deleted.
 *
 * @param bundled git's hash of each file that went into the bundle, by path below the checkout
 * @param committed the same of the commit; files that a bundle leaves out are ignored
 */
export function uncommitted(
  bundled: ReadonlyMap<string, string>,
  committed: ReadonlyMap<string, string>,
): string[] {
  const changed = [...bundled].filter(([path, hash]) => committed.get(path) !== hash).map(([path]) => path);
  const deleted = [...committed.keys()].filter((path) => !bundled.has(path) && isBundled(path));
  return [...changed, ...deleted].sort();
}

function isBundled(path: string): boolean {
  if (basename(path).startsWith('.')) return false;
  return path.startsWith('resources/') || isDocument(path);
}
