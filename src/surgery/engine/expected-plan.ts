import type { ExpectedAction } from '../../diagnosis/finding.js';
import { parseAddress } from '../../terraform/address/parse.js';
import type { Change } from '../difference/structural-difference.js';

/**
 * What the next plan will do because of changes to the state, as far as it follows from what the configuration wants.
 *
 * @param isConfigured whether the configuration wants an address; undefined: nobody knows, and nothing is foretold
 */
export function expectedPlan(
  changes: readonly Change[],
  isConfigured: ((address: string) => boolean) | undefined,
): ExpectedAction[] {
  if (isConfigured === undefined) return [];
  const gone = (address: string): ExpectedAction[] =>
    isConfigured(address) ? [{ address, action: isData(address) ? 'read' : 'create' }] : [];
  const come = (address: string): ExpectedAction[] =>
    isConfigured(address) || isData(address) ? [] : [{ address, action: 'delete' }];
  return changes.flatMap((change) => {
    if ('deposed' in change) return [];
    switch (change.kind) {
      case 'removed':
        return gone(change.address);
      case 'added':
        return come(change.address);
      case 'moved':
        return [...gone(change.from), ...come(change.to)];
      case 'changed':
      case 'document':
        return [];
    }
  });
}

function isData(address: string): boolean {
  return parseAddress(address).mode === 'data';
}
