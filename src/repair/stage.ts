import type { CarriedOut } from '../review/carry-out.js';
import type { OwnedFinding, RootDiagnosis } from '../diagnosis/diagnosis.js';
import type { Repair } from '../diagnosis/finding.js';
import type { AskReport } from '../surgery/ask.js';
import type { Reasons } from './dialogue.js';
import type { Pending } from './work.js';

/** A finding, and the diagnosis that it is of. */
export interface Case {
  readonly root: RootDiagnosis;
  readonly finding: OwnedFinding;
}

/** A request on its way; a resumed one does not know what it was found by. */
export interface Journey {
  readonly pending: Pending;
  readonly case: Case | undefined;
  /** The second half of the repair, which is a request of its own. */
  readonly later: Repair | undefined;
}

/** How a session ended. */
export type Outcome =
  /** There is nothing to repair. */
  | 'nothing-wrong'
  /** There is no diagnosis, so nothing can be said. */
  | 'not-diagnosed'
  /** The user went no further; nothing was asked for. */
  | 'stopped'
  /** What is to be done is not done with the state; it was shown. */
  | 'elsewhere'
  /** A request waits for its approval. */
  | 'handed-over'
  | 'repaired';

/** Where a session is. What a stage needs is in it, so that each can be begun by itself. */
export type Stage =
  | { readonly at: 'diagnose' }
  | { readonly at: 'findings'; readonly root: RootDiagnosis }
  | ({ readonly at: 'finding' } & Case)
  | ({ readonly at: 'preview'; readonly repair: Repair } & Case)
  | ({
      readonly at: 'prepare';
      readonly repair: Repair;
      readonly preview: AskReport;
      readonly reasons: Reasons;
    } & Case)
  | ({ readonly at: 'deliver' } & Journey)
  | ({ readonly at: 'resume' } & Journey)
  | ({
      readonly at: 'approval';
      readonly tokens: readonly string[];
      readonly approvers: readonly string[];
    } & Journey)
  | ({ readonly at: 'confirm'; readonly tokens: readonly string[] } & Journey)
  | ({ readonly at: 'carry-out'; readonly tokens: readonly string[] } & Journey)
  | ({ readonly at: 'carried-out'; readonly done: CarriedOut | undefined } & Journey)
  | {
      readonly at: 'end';
      readonly outcome: Outcome;
      readonly case?: Case | undefined;
      readonly pending?: Pending;
      readonly root?: RootDiagnosis;
    };
