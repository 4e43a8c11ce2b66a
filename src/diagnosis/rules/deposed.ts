import type { StateInstance } from '../../terraform/state/state.js';
import type { Facts } from '../facts.js';
import type { Finding } from '../finding.js';
import { elsewhere, expect, finding } from '../repairs.js';

/** Old objects that a replacement has left behind, as deleting them failed. */
export function deposed({ managed }: Facts): Finding[] {
  return managed.filter((instance) => instance.deposed !== undefined).map(leftover);
}

function leftover({ address, deposed: key, id }: StateInstance): Finding {
  return finding({
    code: 'deposed',
    severity: 'warning',
    addresses: [address],
    id,
    summary: `${address} has an old object that was not deleted yet`,
    evidence: [{ source: 'state', text: `deposed object ${key ?? ''} with the id ${id ?? 'unknown'}` }],
    leaveStateAlone: 'the next apply deletes the old object; see why that failed before',
    repairs: [elsewhere('let the next apply delete the old object', [expect(address, 'delete')])],
  });
}
