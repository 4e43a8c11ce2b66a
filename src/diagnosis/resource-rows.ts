import type { Refresh } from '../terraform/plan/plan.js';
import type { StateInstance } from '../terraform/state/state.js';
import type { ResourceRow, ResourceStatus } from './diagnosis.js';
import type { Facts } from './facts.js';
import type { Finding, FindingCode } from './finding.js';

/**
 * Every resource instance of the state, and what became of it when it was read; without a state, those that the plan
 * says it read.
 */
export function resourceRows(facts: Facts, findings: readonly Finding[]): ResourceRow[] {
  const refreshes = new Map(facts.evidence.plan?.refreshes.map((refresh) => [refresh.address, refresh]));
  const failed = new Set(facts.errors.flatMap(({ addresses }) => addresses));
  const codes = codesByAddress(findings);
  const statusOf = (address: string): ResourceStatus => {
    if (facts.deleted.has(address)) return 'missing';
    const refresh = refreshes.get(address);
    if (failed.has(address) || isUnfinished(refresh)) return 'failed';
    if (facts.drift.has(address)) return 'drifted';
    return refresh === undefined ? 'not read' : 'refreshed';
  };
  const rowOf = ({
    address,
    type,
    id,
  }: Pick<ResourceRow, 'address' | 'type'> & { id?: string | undefined }) => ({
    ...{ address, type, ...(id === undefined ? {} : { id }) },
    ...{ status: statusOf(address), findings: codes.get(address) ?? [] },
  });
  const rows = new Map<string, ResourceRow>();
  for (const instance of facts.state?.instances ?? []) {
    if (rows.has(instance.address) && instance.deposed !== undefined) continue;
    rows.set(instance.address, { ...rowOf(instance), dependencies: dependenciesOf(instance) });
  }
  for (const refresh of refreshes.values()) {
    if (!rows.has(refresh.address)) rows.set(refresh.address, { ...rowOf(refresh), dependencies: [] });
  }
  return [...rows.values()];
}

function isUnfinished(refresh: Refresh | undefined): boolean {
  return refresh !== undefined && refresh.durationMs === undefined;
}

function dependenciesOf({ dependencies }: StateInstance): string[] {
  return [...new Set(dependencies)];
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
