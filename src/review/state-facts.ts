import type { Suspect } from '../diagnosis/suspects.js';
import { nameArgument } from '../diagnosis/aws-questions.js';
import { readStateDocument } from '../surgery/document/read-state.js';
import { Dependents } from '../surgery/operations/dependents.js';
import { parseAddress } from '../terraform/address/parse.js';
import { parseState } from '../terraform/state/parse-state.js';
import type { StateInstance } from '../terraform/state/state.js';

/** What the state says about an address that is to be changed. */
export interface StateFact {
  readonly id: string | undefined;
  /** Addresses that depend on its resource, other than those that are to be changed themselves. */
  readonly dependents: readonly string[];
  /** How AWS is asked about it; undefined: it is not. */
  readonly suspect: Suspect | undefined;
}

export type StateFacts = ReadonlyMap<string, StateFact>;

/**
 * Looks addresses up in a state. Those that are not in it are left out.
 *
 * @throws FailedError `StateInvalid`
 */
export function stateFacts(bytes: Buffer, addresses: readonly string[]): StateFacts {
  const wanted = new Set(addresses);
  const { instances } = parseState(bytes, 'the state');
  const document = readStateDocument(bytes, 'as it is');
  const dependents = new Dependents(document);
  const facts = new Map<string, StateFact>();
  for (const instance of instances) {
    const { address, id } = instance;
    if (!wanted.has(address) || facts.has(address)) continue;
    const { module, mode, type, name } = parseAddress(address);
    const others = dependents
      .ofResource({ module, mode, type, name })
      .map((object) => document.addressOf(object))
      .filter((other) => !wanted.has(other));
    facts.set(address, { id, dependents: [...new Set(others)], suspect: suspectIn(instance) });
  }
  return facts;
}

function suspectIn(instance: StateInstance): Suspect | undefined {
  const { address, mode, type, attributes, id, providerAlias: alias } = instance;
  const argument = nameArgument(type);
  if (mode !== 'managed' || argument === undefined) return undefined;
  const name = attributes[argument] ?? id;
  return typeof name === 'string' && name !== '' ? { address, type, name, alias } : undefined;
}
