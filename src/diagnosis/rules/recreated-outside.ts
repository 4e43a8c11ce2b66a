import { goneAddresses } from '../dependants.js';
import { isWanted, type Facts } from '../facts.js';
import type { Finding } from '../finding.js';
import { finding, forgetStep, takeOver } from '../repairs.js';
import { awsItems } from '../words.js';
import { idOf, isAnotherNow } from './deleted-outside.js';
import { madeAnew, type MadeAnew } from './made-anew.js';

/** Objects that were deleted and made again by hand: the name is the same, the object another one. */
export function recreatedOutside(facts: Facts): Finding[] {
  const otherId = [...goneAddresses(facts)].filter((address) => isAnotherNow(facts, address));
  return [
    ...madeAnew(facts).map((anew) => foundByName(facts, anew)),
    ...otherId.map((address) => notFound(facts, address)),
  ];
}

/** Refreshing finds the new object under the old id, as that is a name. */
function foundByName(facts: Facts, { address, confidence, evidence }: MadeAnew): Finding {
  return finding({
    code: 'recreated-outside',
    severity: 'warning',
    confidence,
    addresses: [address],
    id: idOf(facts, address),
    summary: `${address} was deleted and made again outside Terraform`,
    evidence: [...evidence, ...awsItems(facts.aws.get(address))],
    leaveStateAlone: 'refreshing has found the new object; the next apply puts it right',
  });
}

/** The new object has another id, so that the next apply would make a third one, or fail. */
function notFound(facts: Facts, address: string): Finding {
  const suspect = facts.aws.get(address);
  const importId = suspect?.importId ?? '';
  return finding({
    code: 'recreated-outside',
    severity: 'danger',
    addresses: [address],
    id: idOf(facts, address),
    summary: `${address} was made again outside Terraform, as another object`,
    evidence: [
      { source: 'state', text: `the state has ${idOf(facts, address) ?? 'no id'}` },
      { source: 'aws', text: `in its place is ${importId}` },
      ...awsItems(suspect),
    ],
    repairs:
      isWanted(facts, address) === false
        ? []
        : [
            takeOver(
              'take the new object into the state',
              address,
              importId,
              forgetStep('forget the old object', [address]),
            ),
          ],
  });
}
