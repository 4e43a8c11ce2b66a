import type { PlanAction } from '../terraform/plan/plan.js';

/** The stable names of everything that can be found. */
export const FINDING_CODES = [
  'deleted-outside',
  'changed-outside',
  'recreated-outside',
  'not-in-state',
  'not-in-config',
  'renamed',
  'duplicate-id',
  'tainted',
  'deposed',
  'newer-provider',
  'provider-replaced',
  'cannot-read',
  'missing-dependency',
  'state-locked',
  'state-digest-mismatch',
  'wrong-account',
  'wrong-terraform-version',
  'config-error',
  'plan-error',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

/** `blocker`: nothing can be applied. `danger`: the next apply destroys or fails. `notice`: it will be put right, or is harmless. */
export type Severity = 'blocker' | 'danger' | 'warning' | 'notice';

export type Confidence = 'certain' | 'likely' | 'possible';

/** One thing that is wrong, why, and what to do. Holds no secret value. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The address that it is about first, then others that belong to it; empty for the whole account. */
  readonly addresses: readonly string[];
  /** The remote object's id, where there is one. */
  readonly id: string | undefined;
  /** One sentence: what is wrong. */
  readonly summary: string;
  readonly evidence: readonly EvidenceItem[];
  /** Why the state should be left alone, when it should; said before any repair. */
  readonly leaveStateAlone: string | undefined;
  /** The best first; empty when nothing can be done with the state. */
  readonly repairs: readonly Repair[];
}

export interface EvidenceItem {
  readonly source: 'state' | 'plan' | 'config' | 'app-interface' | 'aws' | 'cloudtrail' | 'log' | 'terraform';
  /** One line; secrets are masked. */
  readonly text: string;
}

export interface Repair extends RepairStep {
  /** What has to be done before it; absent: nothing. */
  readonly first?: RepairStep | undefined;
  /** What the next plan will do with the addresses after all of it. */
  readonly expectedPlan: readonly ExpectedAction[];
}

export interface RepairStep {
  /** What it does, e.g. `forget the queue, so that the next apply makes it again`. */
  readonly title: string;
  /** Words of our own command, e.g. `['state', 'rm', 'aws_sqs_queue.q']`, without `--account`; undefined: done elsewhere. */
  readonly command: readonly string[] | undefined;
  /** Words of the plain terraform equivalent; undefined: there is none. */
  readonly terraform: readonly string[] | undefined;
}

export interface ExpectedAction {
  readonly address: string;
  readonly action: PlanAction;
  /** The plan may do nothing with it instead: it depends on what is known only when terraform runs. */
  readonly orNothing?: true | undefined;
}
