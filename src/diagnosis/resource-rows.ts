import type { Refresh } from '../terraform/plan/plan.js';
import type { StateInstance } from '../terraform/state/state.js';
import type { ResourceRow } from './diagnosis.js';
import type { Facts } from './facts.js';
import type { Finding, FindingCode } from './finding.js';
import { statusesOf } from './resource-status.js';

/**
 * Every resource instance of the state, and what became of it when it was read; without a state, those that the plan
 * says it read.
 */
export function resourceRows(facts: Facts, findings: readonly Finding[]): ResourceRow[] {
  const statusOf = statusesOf(facts);
  const codes = codesByAddress(findings);
  const rowOf = (
    { address, type, id }: Pick<Refresh, 'address' | 'type' | 'id'>,
    dependencies: readonly string[],
  ): ResourceRow => ({
    ...{ address, type, ...(id === undefined ? {} : { id }) },
    ...{ status: statusOf(address), findings: codes.get(address) ?? [], dependencies },
  });
  const rows = new Map<string, ResourceRow>();
  for (const instance of facts.state?.instances ?? []) {
    if (rows.has(instance.address) && instance.deposed !== undefined) continue;
    rows.set(instance.address, rowOf(instance, dependenciesOf(instance)));
  }
  for (const refresh of facts.refreshes.values()) {
    if (!rows.has(refresh.address)) rows.set(refresh.address, rowOf(refresh, []));
  }
  return [...rows.values()];
}

function dependenciesOf({ dependencies }: StateInstance): readonly string[] {
  return dependencies.length < 2 ? dependencies : [...new Set(dependencies)];
}

function codesByAddress(findings: readonly Finding[]): Map<string, FindingCode[]> {
  const codes = new Map<string, FindingCode[]>();
  for (const { code, addresses } of findings) {
    for (const address of addresses) {
      const known = codes.get(address);
      if (known === undefined) codes.set(address, [code]);
      else if (!known.includes(code)) known.push(code);
    }
  }
  return codes;
}
