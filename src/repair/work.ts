import type { Approval } from '../approval/token.js';
import type { RootDiagnosis } from '../diagnosis/diagnosis.js';
import type { FindingCode } from '../diagnosis/finding.js';
import type { AskReport } from '../surgery/ask.js';
import type { CarriedOut, Site } from '../review/carry-out.js';
import type { RequestHistory } from '../surgery/history.js';
import type { Ending } from '../surgery/journal/record.js';
import type { Operation } from '../surgery/operations/operation.js';
import type { Handover } from '../surgery/request/handover.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import type { Reasons } from './dialogue.js';

/** A request that waits for a second person. */
export interface Pending {
  /** What it is called: the beginning of its digest. */
  readonly id: string;
  readonly digest: string;
  readonly request: SurgeryRequest;
  /** The maker's own word; undefined: they had nothing to sign with. */
  readonly maker?: Approval;
  /** The handover, in a file. */
  readonly file: string;
  /** What the second person has to run. */
  readonly reviewLine: string;
}

/** What is handed over of it. */
export function handoverOf({ request, maker }: Pending): Handover {
  return { request, ...(maker === undefined ? {} : { maker }) };
}

/** A way for a request to the second person, besides its file. */
export interface Delivery {
  readonly kind: 'screen' | 'clipboard' | 'beside';
  /** e.g. `copy it to the clipboard (wl-copy)` */
  readonly title: string;
}

/** A colleague at this terminal, by an identity of their own. */
export type LocalReviewer =
  { readonly kind: 'profile'; readonly profile: string } | { readonly kind: 'ssh'; readonly key: string };

/** What a request is about, for its evidence. */
export interface Evidence {
  readonly code: FindingCode;
  readonly address?: string;
  readonly summary: string;
}

export interface Preparation extends Reasons {
  readonly operation: Operation;
  readonly evidence: readonly Evidence[];
  readonly acceptRunningLoop: string | undefined;
}

export interface Approvals {
  readonly approvers: readonly string[];
  readonly enough: boolean;
}

/** How far a request is, as the journal says. */
export type Progress = RequestHistory['result'];

/** Told what comes next. */
export type CarryOutObserver = Required<Pick<Site, 'onStep' | 'onPlan'>>;

/** The work that a repair session has done for it. */
export interface Work {
  readonly diagnose: () => Promise<RootDiagnosis>;
  /** The exact difference, and the plan after it; nothing is written down. */
  readonly preview: (operation: Operation) => Promise<AskReport>;
  /** Writes the request down, with what is needed to go on with it later. */
  readonly prepare: (
    preparation: Preparation,
  ) => Promise<{ readonly report: AskReport; readonly pending: Pending }>;
  readonly deliveries: (pending: Pending) => Promise<readonly Delivery[]>;
  /** @returns what to tell about it */
  readonly deliver: (pending: Pending, delivery: Delivery) => Promise<string>;
  /** Tokens that lie beside the state; looks again and again while `wait`, until there is one that is not in `known`. */
  readonly approvalsBeside: (
    pending: Pending,
    known: readonly string[],
    wait: boolean,
  ) => Promise<readonly string[]>;
  /** A colleague's own review, here. @returns their token */
  readonly reviewHere: (pending: Pending, reviewer: LocalReviewer) => Promise<string>;
  /** Who approves with these tokens, and whether they are enough. @throws RefusedError what is wrong with one */
  readonly approvals: (pending: Pending, tokens: readonly string[]) => Promise<Approvals>;
  readonly carryOut: (
    pending: Pending,
    tokens: readonly string[],
    observer: CarryOutObserver,
  ) => Promise<CarriedOut>;
  readonly progress: (pending: Pending) => Promise<Progress>;
  /** Ends an attempt that was cut short. */
  readonly settle: (pending: Pending) => Promise<Ending>;
}
