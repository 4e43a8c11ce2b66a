import { RefusedError } from '../../errors.js';
import type { StateDocument } from '../document/state-document.js';
import { documentProblems, objectProblems, requireNone } from './prove-only.js';
import { parseAddress } from '../../terraform/address/parse.js';
import { structuralDifference } from './structural-difference.js';

/**
 * Proves that a new state is an old one with one more object, and nothing else: without that object it has every byte of
 * every other one.
 *
 * @param address of a resource or an instance
 * @throws RefusedError `UnexpectedDifference`, which tells addresses and names of members, but no values
 */
export function proveAdded(base: StateDocument, post: StateDocument, address: string): void {
  const added = structuralDifference(base, post).filter(({ kind }) => kind === 'added');
  requireNone([
    ...documentProblems(base, post),
    // Told backwards: who forgets the address again has what was there before.
    ...objectProblems(post, base, [{ op: 'rm', addresses: [address] }]),
    ...(added.length === 1 ? [] : [`${added.length} objects have come`]),
  ]);
}

/**
 * Makes sure that terraform's import has brought nothing but the address: a provider may give more than one object for an id,
 * and what is not taken along would be managed by nobody.
 *
 * @throws RefusedError `ImportBringsMore`
 */
export function requireOnlyImport(base: StateDocument, imported: StateDocument, address: string): void {
  const more = structuralDifference(base, imported).flatMap((change) =>
    change.kind === 'added' && change.address !== address && parseAddress(change.address).mode === 'managed'
      ? [change.address]
      : [],
  );
  if (more.length === 0) return;
  throw new RefusedError('ImportBringsMore', `the import brings more than ${address}: ${more.join(', ')}`, {
    hint: 'use import blocks of the configuration, which say where each object belongs',
  });
}
