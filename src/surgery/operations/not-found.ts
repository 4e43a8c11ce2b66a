import { UsageError } from '../../errors.js';
import { nearest } from '../../nearest.js';
import { formatModule } from '../../terraform/address/address.js';
import type { Target } from '../../terraform/address/parse.js';
import type { StateDocument } from '../document/state-document.js';
import { formatTarget } from './targets.js';

/** Addresses to compare a wrong one with; a state with more has them all compared in a noticeable time. */
const MAX_COMPARED = 200_000;

/** That nothing is at an address, with the nearest ones at which there is something. */
export function addressNotFound(document: StateDocument, target: Target): UsageError {
  const address = formatTarget(target);
  const near = nearest(address, addressesLike(document, target));
  const hint =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : '"tfrepair state list" shows all that is there; a key needs quotes: \'aws_sqs_queue.q["a"]\'';
  return new UsageError('AddressNotFound', `nothing in the state has the address ${address}`, { hint });
}

function addressesLike(document: StateDocument, target: Target): Set<string> {
  const addresses = new Set<string>();
  if (target.kind === 'module') {
    for (const { path } of document.parts.modules.all) {
      for (let depth = 1; depth <= path.length; depth++) addresses.add(formatModule(path.slice(0, depth)));
    }
    return addresses;
  }
  for (let object = 0; object < Math.min(document.instanceCount, MAX_COMPARED); object++) {
    addresses.add(document.addressOf(object));
  }
  return addresses;
}
