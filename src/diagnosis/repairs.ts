import { expectImported } from './expected-action.js';
import type { ExpectedAction, Finding, Repair, RepairStep } from './finding.js';
import type { PlanAction } from '../terraform/plan/plan.js';

/** What every rule says of its finding; what is left out is nothing. */
export type FindingParts = Pick<Finding, 'code' | 'severity' | 'summary'> & Partial<Finding>;

/** A finding of its parts: certain, about the whole account, without evidence and repairs, if not said otherwise. */
export function finding(parts: FindingParts): Finding {
  return {
    confidence: 'certain',
    addresses: [],
    id: undefined,
    evidence: [],
    leaveStateAlone: undefined,
    repairs: [],
    ...parts,
  };
}

/** What the next plan does with one address. */
export function expect(address: string, action: PlanAction): ExpectedAction {
  return { address, action };
}

/** Forgets addresses; the objects stay. */
export function forget(
  title: string,
  addresses: readonly string[],
  expectedPlan: readonly ExpectedAction[],
): Repair {
  return { ...forgetStep(title, addresses), expectedPlan };
}

export function forgetStep(title: string, addresses: readonly string[]): RepairStep {
  return { title, command: ['state', 'rm', ...addresses], terraform: ['state', 'rm', ...addresses] };
}

/** Gives an object the address that the configuration has for it. */
export function move(title: string, from: string, to: string, expected: PlanAction): Repair {
  const words = ['state', 'mv', from, to];
  return { title, command: words, terraform: words, expectedPlan: [expect(to, expected)] };
}

/** Takes an existing object into the state. */
export function takeOver(title: string, address: string, importId: string, first?: RepairStep): Repair {
  return {
    title,
    command: ['state', 'import', address, importId],
    terraform: ['import', address, importId],
    ...(first === undefined ? {} : { first }),
    expectedPlan: [expectImported(address)],
  };
}

/** Something to be done elsewhere than in the state. */
export function elsewhere(
  title: string,
  expectedPlan: readonly ExpectedAction[] = [],
  terraform?: readonly string[],
): Repair {
  return { title, command: undefined, terraform, expectedPlan };
}
