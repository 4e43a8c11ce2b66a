import type { OwnedFinding } from '../diagnosis/diagnosis.js';
import type { FindingCode, Severity } from '../diagnosis/finding.js';
import type { Outcome, Stage } from './stage.js';
import type { CarriedOut } from '../review/carry-out.js';

export interface FoundThing {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly address?: string;
}

/** What came of a session: plain data without secrets, which is also its JSON result. */
export interface RepairReport {
  readonly outcome: Outcome;
  /** What the session was about last. */
  readonly finding?: FoundThing;
  /** Absent: none was made. */
  readonly request?: {
    readonly id: string;
    readonly digest: string;
    readonly file: string;
    /** ISO 8601. */
    readonly notAfter: string;
    /** What the second person runs. */
    readonly review: string;
  };
  /** What was carried out, in order. */
  readonly done: readonly CarriedOut[];
  /** What else the last diagnosis has found. */
  readonly left: readonly FoundThing[];
}

export function reportOf(end: Extract<Stage, { at: 'end' }>, done: readonly CarriedOut[]): RepairReport {
  const { outcome, pending } = end;
  const findings = (end.case?.root ?? end.root)?.findings ?? [];
  const finding = end.case?.finding;
  const left = findings.filter((other) => outcome !== 'repaired' || other !== finding);
  return {
    outcome,
    ...(finding === undefined ? {} : { finding: thingOf(finding) }),
    ...(pending === undefined
      ? {}
      : {
          request: {
            ...{ id: pending.id, digest: pending.digest, file: pending.file },
            ...{ notAfter: pending.request.notAfter, review: pending.reviewLine },
          },
        }),
    ...{ done, left: left.map(thingOf) },
  };
}

export function thingOf({ code, severity, addresses: [address] }: OwnedFinding): FoundThing {
  return { code, severity, ...(address === undefined ? {} : { address }) };
}
