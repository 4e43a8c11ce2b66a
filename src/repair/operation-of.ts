import type { Repair, RepairStep } from '../diagnosis/finding.js';
import type { Operation } from '../surgery/operations/operation.js';

/** What of a repair is done to the state now, and what comes after it. */
export interface PlannedStep {
  readonly step: RepairStep;
  readonly operation: Operation;
  /** Another request, once this one is carried out: an import stands alone. */
  readonly later: Repair | undefined;
}

/** The operation that a repair begins with; undefined: it is not done with an operation on the state. */
export function operationOf(repair: Repair): PlannedStep | undefined {
  const { first, ...rest } = repair;
  const step = first ?? rest;
  const operation = operationIn(step.command);
  if (operation === undefined) return undefined;
  return { step, operation, later: first === undefined ? undefined : rest };
}

function operationIn(command: readonly string[] | undefined): Operation | undefined {
  const [topic, name, ...words] = command ?? [];
  if (topic !== 'state') return undefined;
  const [one, two] = words;
  if (name === 'rm') return one === undefined ? undefined : { op: 'rm', addresses: words };
  if (one === undefined || two === undefined || words.length > 2) return undefined;
  switch (name) {
    case 'mv':
      return { op: 'mv', moves: [{ from: one, to: two }] };
    case 'import':
      return { op: 'import', address: one, id: two };
    case 'replace-provider':
      return { op: 'replace-provider', from: one, to: two };
    default:
      return undefined;
  }
}
