import { withoutKeys } from '../../terraform/address/without-keys.js';
import type { StateInstance } from '../../terraform/state/state.js';
import { currentAt, isManagedByErv2, typeOf, type Facts } from '../facts.js';
import type { EvidenceItem, Finding } from '../finding.js';
import { isRenamedInPlace } from '../naming.js';
import { elsewhere, expect, finding, move } from '../repairs.js';
import { pairRenames, type Rename } from './rename-pairs.js';

/** Objects whose addresses the configuration has changed: without a move they would be destroyed and made anew. */
export function renamed(facts: Facts): Finding[] {
  return pairRenames(toDelete(facts), toCreate(facts)).map((rename) =>
    finding({
      code: 'renamed',
      severity: 'danger',
      addresses: [rename.from.address, rename.to.address],
      id: rename.from.id,
      evidence: evidenceOf(rename),
      ...(rename.isNamedAnew && !isRenamedInPlace(rename.from.type)
        ? namedAnew(rename)
        : movable(facts, rename)),
    }),
  );
}

/** The current objects that the plan would delete, those aside that are gone anyway. */
function toDelete(facts: Facts): StateInstance[] {
  return [...facts.changes.values()]
    .filter(({ action, address }) => action === 'delete' && !facts.deleted.has(address))
    .map(({ address }) => currentAt(facts, address))
    .filter((instance) => instance !== undefined);
}

function toCreate(
  facts: Facts,
): { address: string; type: string; values: Readonly<Record<string, unknown>> }[] {
  return [...facts.changes.values()]
    .filter(({ action, address }) => action === 'create' && currentAt(facts, address) === undefined)
    .map(({ address }) => ({
      address,
      type: typeOf(address),
      values: facts.evidence.config?.arguments(withoutKeys(address)) ?? {},
    }));
}

function evidenceOf({ from, to, alike, same }: Rename): EvidenceItem[] {
  const plan: EvidenceItem = {
    source: 'plan',
    text: `would delete ${from.address} and create ${to.address}`,
  };
  if (alike === 'by-company') {
    return [plan, { source: 'plan', text: 'its neighbours are renamed in the same way' }];
  }
  if (alike === 'rekeyed') {
    return [plan, { source: 'config', text: 'it is the same resource; only its keys are others now' }];
  }
  return [plan, { source: 'config', text: `equal in both: ${same.join(', ')}` }];
}

function movable(
  facts: Facts,
  { from, to, alike, isNamedAnew }: Rename,
): Pick<Finding, 'summary' | 'confidence' | 'leaveStateAlone' | 'repairs'> {
  return {
    summary: `${from.address} is ${to.address} in the configuration now`,
    confidence: alike === 'same-name' ? 'certain' : 'likely',
    leaveStateAlone: isManagedByErv2(facts, from.address)
      ? 'external resources v2 takes it over with its own migration'
      : undefined,
    repairs: [
      move('give the object its new address', from.address, to.address, isNamedAnew ? 'update' : 'noop'),
    ],
  };
}

/** Its name in AWS changes as well, and AWS cannot rename it. */
function namedAnew({
  from,
  to,
}: Rename): Pick<Finding, 'summary' | 'confidence' | 'leaveStateAlone' | 'repairs'> {
  return {
    summary: `${from.address} would be made anew as ${to.address}`,
    confidence: 'possible',
    leaveStateAlone: 'its name in AWS changes too: even after a move the next apply replaces it',
    repairs: [
      elsewhere('give it its old name back in the configuration', [expect(from.address, 'noop')]),
      move('move it, if it may be replaced', from.address, to.address, 'replace'),
    ],
  };
}
