import type { Change } from '../surgery/difference/structural-difference.js';

/** The addresses that changes are about, before and after them. */
export function changedAddresses(changes: readonly Change[]): string[] {
  const addresses = changes.flatMap((change) => {
    switch (change.kind) {
      case 'moved':
        return [change.from, change.to];
      case 'document':
        return [];
      default:
        return [change.address];
    }
  });
  return [...new Set(addresses)];
}
