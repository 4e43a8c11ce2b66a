import type { CarriedOut } from '../review/carry-out.js';
import type { OwnedFinding, RootDiagnosis } from '../diagnosis/diagnosis.js';
import type { Repair } from '../diagnosis/finding.js';
import type { TfrepairError } from '../errors.js';
import type { AskReport } from '../surgery/ask.js';
import type { JournalStep } from '../surgery/journal/record.js';
import type { Delivery, LocalReviewer, Pending } from './work.js';

/** One step back, or no further. Nothing has been written either way. */
export type Out = 'back' | 'stop';

/** Where an approval comes from. */
export type ApprovalSource =
  | { readonly kind: 'token'; readonly token: string }
  /** The place beside the state; looked at again and again with `wait`. */
  | { readonly kind: 'beside'; readonly wait: boolean }
  | { readonly kind: 'here'; readonly reviewer: LocalReviewer };

/** Why a state is to be changed. */
export interface Reasons {
  readonly reason: string;
  readonly ticket: string | undefined;
}

/** What a session shows, in the order in which it happens. */
export interface Screens {
  diagnosed(root: RootDiagnosis): void;
  /** Evidence, owner and options; the advice against a repair before all of it. */
  finding(finding: OwnedFinding, root: RootDiagnosis): void;
  /** A repair that is done elsewhere than in the state. */
  elsewhere(repair: Repair, root: RootDiagnosis): void;
  preview(preview: AskReport): void;
  handedOver(pending: Pending): void;
  delivered(text: string): void;
  /** Before the place beside the state is looked at until there is something. */
  waiting(pending: Pending): void;
  approved(approvers: readonly string[]): void;
  step(step: JournalStep): void;
  /** The plan after the write begins. */
  planning(): void;
  carriedOut(done: CarriedOut): void;
  /** Something that has to be known before going on. */
  warn(text: string): void;
}

/**
 * Who answers: somebody at a terminal, or the flags of a command line. Where nobody does, a harmless question is answered
 * by going no further, and any other with a UsageError that names the flag.
 */
export interface Answers {
  chooseFinding(root: RootDiagnosis): Promise<OwnedFinding | 'stop'>;
  /** Whether to go on although the advice is to leave the state alone. */
  goesAgainstAdvice(finding: OwnedFinding): Promise<boolean>;
  chooseRepair(finding: OwnedFinding): Promise<Repair | Out>;
  askReasons(preview: AskReport): Promise<Reasons | Out>;
  /** Why the reconcile loop may go on writing meanwhile; undefined: it may not. */
  askAboutLoop(refusal: TfrepairError): Promise<string | undefined>;
  /** How else than by its file a request shall reach the second person; undefined: no other way. */
  chooseDelivery(deliveries: readonly Delivery[]): Promise<Delivery | undefined>;
  /** @param approvers who has approved already, when that is not enough */
  chooseApproval(pending: Pending, approvers: readonly string[]): Promise<ApprovalSource | 'stop'>;
  /** What is refused will be asked about once more. @throws the refusal, where nobody can be asked */
  refused(refusal: TfrepairError): void;
  /** Whether the name of the root was typed, before the state is written. */
  confirms(pending: Pending): Promise<boolean>;
  /** Whether to look for what is left. */
  goesOn(left: readonly OwnedFinding[]): Promise<boolean>;
}
