import type { Owner, Owners } from '../../rendering/owners.js';
import type { ShortOwner } from '../diagnosis.js';

/** Owners as a diagnosis names them; addresses that nobody owns are left out. */
export function shortOwners(
  addresses: readonly string[],
  { ownersOf }: Pick<Owners, 'ownersOf'>,
): ReadonlyMap<string, readonly ShortOwner[]> {
  const found = new Map<string, readonly ShortOwner[]>();
  for (const address of addresses) {
    const { owners } = ownersOf(address);
    if (owners.length > 0) found.set(address, owners.map(shortOwner));
  }
  return found;
}

function shortOwner({ app, namespace, provider, identifier, contacts }: Owner): ShortOwner {
  const all = contacts === undefined ? [] : [...contacts.slack, ...contacts.email, ...contacts.jira];
  return { app, namespace, provider, identifier, contacts: all };
}
