import type { AwsSuspect, ConfiguredResources, Evidence } from '../../../../src/diagnosis/evidence.js';
import { gatherFacts } from '../../../../src/diagnosis/facts.js';
import { findFindings } from '../../../../src/diagnosis/findings.js';
import type { Finding, FindingCode } from '../../../../src/diagnosis/finding.js';
import type { Diagnostic, Plan, PlanAction, ResourceChange } from '../../../../src/terraform/plan/plan.js';
import type { State, StateInstance } from '../../../../src/terraform/state/state.js';

/** A managed instance of the root module; its id is the attribute. */
export function instance(address: string, over: Partial<StateInstance> = {}): StateInstance {
  const [type = '', name = ''] = address.split('.');
  const { attributes = { id: name } } = over;
  return {
    ...{ address, module: '', mode: 'managed', type, name, key: undefined },
    ...{ provider: 'registry.terraform.io/hashicorp/aws', providerAlias: undefined, tainted: false },
    ...{ deposed: undefined, schemaVersion: 0, sensitive: [], dependencies: [] },
    ...over,
    attributes,
    id: 'id' in over ? over.id : typeof attributes['id'] === 'string' ? attributes['id'] : undefined,
  };
}

export function state(...instances: StateInstance[]): State {
  return { terraformVersion: '1.11.4', serial: 1, lineage: 'l', instances };
}

export function change(
  address: string,
  action: PlanAction,
  over: Partial<ResourceChange> = {},
): ResourceChange {
  const type = address.split('.').at(-2) ?? '';
  return { address, type, action, reason: undefined, previousAddress: undefined, ...over };
}

export function error(summary: string, over: Partial<Diagnostic> = {}): Diagnostic {
  return { severity: 'error', summary, detail: '', address: undefined, place: undefined, ...over };
}

export function plan(over: Partial<Plan> = {}): Plan {
  return {
    ...{ version: '1.11.4', outcome: 'planned', refreshes: [], drift: [], changes: [], diagnostics: [] },
    states: undefined,
    ...over,
  };
}

export function failedPlan(...diagnostics: Diagnostic[]): Plan {
  return plan({ outcome: 'failed', diagnostics });
}

/** A configuration of resources with their literal arguments. */
export function config(
  resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  over: Partial<ConfiguredResources> = {},
): ConfiguredResources {
  return {
    has: (address) => Object.hasOwn(resources, address),
    addresses: Object.keys(resources),
    arguments: (address) => (Object.hasOwn(resources, address) ? resources[address] : undefined),
    requiredVersion: undefined,
    providers: new Map([['aws', 'hashicorp/aws']]),
    ...over,
  };
}

export function evidence(over: Partial<Evidence> = {}): Evidence {
  return {
    ...{ state: undefined, plan: undefined, config: undefined, terraformVersion: '1.11.4', failures: [] },
    now: Date.UTC(2026, 10, 23, 12),
    ...over,
  };
}

export function find(over: Partial<Evidence>): Finding[] {
  return findFindings(gatherFacts(evidence(over)));
}

/** The only finding, which has to have this code. */
export function only(code: FindingCode, over: Partial<Evidence>): Finding {
  const found = find(over);
  const [first] = found;
  if (first === undefined || found.length > 1 || first.code !== code) {
    throw new Error(`expected only ${code}, found ${found.map((one) => one.code).join(', ') || 'nothing'}`);
  }
  return first;
}

/** The words of our own commands that are proposed. */
export function commands({ repairs }: Finding): (string | undefined)[] {
  return repairs.map(({ command }) => command?.join(' '));
}

/** What AWS says about one address: that it exists, if not said otherwise. */
export function suspect(address: string, over: Partial<AwsSuspect>): Evidence['aws'] {
  const type = address.split('.')[0] ?? '';
  return {
    account: undefined,
    suspects: [{ address, type, id: 'x', existence: 'exists', changes: [], ...over }],
  };
}
