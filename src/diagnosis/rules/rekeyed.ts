import { withoutKeys } from '../../terraform/address/without-keys.js';
import type { StateInstance } from '../../terraform/state/state.js';
import { nameOf } from '../naming.js';
import type { Wanted } from './likeness.js';

/** A delete and a create of one resource that differ in how their key is written. */
export interface Rekeyed {
  readonly from: StateInstance;
  readonly to: Wanted;
}

/**
 * Pairs instances of one resource whose `count` has become a `for_each`, or the other way round: the keys are the same
 * but for their form (`[0]`, `["0"]`), or the new key is the object's name.
 */
export function pairRekeyed(deletes: readonly StateInstance[], creates: readonly Wanted[]): Rekeyed[] {
  const free = new Map(creates.map((to) => [formless(to.address), to]));
  const pairs: Rekeyed[] = [];
  for (const from of deletes) {
    const key = keysOf(from).find((candidate) => free.has(candidate));
    const to = key === undefined ? undefined : free.get(key);
    if (key === undefined || to === undefined) continue;
    free.delete(key);
    pairs.push({ from, to });
  }
  return pairs;
}

/** What an object can be called now, best first. */
function keysOf({ address, attributes, id }: StateInstance): string[] {
  const names = [nameOf(attributes)?.name, id].filter((name) => name !== undefined);
  const block = address.replace(/\[[^\]]*\]$/, '');
  const isInstance = block !== address && withoutKeys(address) === withoutKeys(block);
  return [formless(address), ...(isInstance ? names.map((name) => formless(`${block}["${name}"]`)) : [])];
}

/** An address whose numbers as keys look alike, whether they are numbers or texts. */
function formless(address: string): string {
  return address.replaceAll(/\["(\d+)"\]/g, '[$1]');
}
