import type { StateInstance } from '../../terraform/state/state.js';
import { isWanted, type Facts } from '../facts.js';
import type { Finding, Repair } from '../finding.js';
import { expect, finding, forget } from '../repairs.js';

/** Providers whose ids say nothing of an object: equal ones are no sign of anything. */
const LOCAL_PROVIDERS = /\/(random|time|null|local|http|external|archive|template|tls|cloudinit|terraform)$/;

/** One object at two addresses: what is done to the one happens to the other. */
export function duplicateId(facts: Facts): Finding[] {
  const objects = new Map<string, StateInstance[]>();
  for (const instance of facts.managed) {
    const key = keyOf(instance);
    if (key === undefined) continue;
    const known = objects.get(key);
    if (known === undefined) objects.set(key, [instance]);
    else known.push(instance);
  }
  return [...objects.values()].filter((same) => same.length > 1).map((same) => duplicate(facts, same));
}

/** Names are ids in one region only; an ARN says which. */
function keyOf({
  type,
  id,
  attributes,
  provider,
  providerAlias,
  deposed,
}: StateInstance): string | undefined {
  if (deposed !== undefined || id === undefined || id === '' || LOCAL_PROVIDERS.test(provider))
    return undefined;
  const arn = attributes['arn'];
  return JSON.stringify([type, typeof arn === 'string' && arn !== '' ? arn : [id, providerAlias ?? '']]);
}

function duplicate(facts: Facts, same: readonly StateInstance[]): Finding {
  const sorted = [...same].sort((left, right) => rank(facts, left) - rank(facts, right));
  const [keeper, ...others] = sorted.map(({ address }) => address);
  return finding({
    code: 'duplicate-id',
    severity: 'danger',
    addresses: [...others, ...(keeper === undefined ? [] : [keeper])],
    id: same[0]?.id,
    summary: `${others.join(', ')} ${others.length > 1 ? 'are' : 'is'} the same object as ${keeper ?? ''}`,
    evidence: same.map(({ address, id }) => ({
      source: 'state',
      text: `${address} has the id ${id ?? ''}${isWanted(facts, address) === false ? ', and is not in the configuration' : ''}`,
    })),
    repairs: others.map((address) => dropOne(facts, address)),
  });
}

/** What the configuration wants stays; else what comes first. */
function rank(facts: Facts, { address }: StateInstance): number {
  if (isWanted(facts, address) === false) return 2;
  return facts.changes.get(address)?.action === 'delete' ? 1 : 0;
}

function dropOne(facts: Facts, address: string): Repair {
  const isStillWanted = isWanted(facts, address) === true;
  return forget(
    isStillWanted
      ? `take ${address} out of the configuration, then forget it; the object stays`
      : `forget ${address}; the object stays at the other address`,
    [address],
    isStillWanted ? [expect(address, 'create')] : [],
  );
}
