import type { PlanAction } from '../terraform/plan/plan.js';
import type { Finding, FindingCode } from './finding.js';

/**
 * What `tfrepair diagnose` found out: plain data without secrets, which is also its JSON result. Optional properties
 * are absent where something is not known or does not apply.
 */
export interface FleetDiagnosis {
  /** In the order of their names. */
  readonly accounts: readonly RootDiagnosis[];
  /** The part of the fleet that this is; absent: all of it. */
  readonly shard?: Shard;
  /** Shards (1-based) that a merged report lacks; absent: none. */
  readonly missingShards?: readonly number[];
}

/** One of `total` parts of a fleet; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly total: number;
}

/** One account, Terraform root or log, and what is wrong with it. */
export interface RootDiagnosis {
  /** The account's name, the folder, or the log's. */
  readonly name: string;
  readonly kind: 'account' | 'folder' | 'log';
  /** The AWS account id. */
  readonly uid?: string;
  readonly state?: StateSummary;
  readonly plan?: PlanSummary;
  /** Suspects first. */
  readonly findings: readonly OwnedFinding[];
  readonly resources: readonly ResourceRow[];
  /** What else to know, e.g. what could not be looked at; one line each. */
  readonly notes: readonly string[];
  /** Why there is no diagnosis, or only half of one. */
  readonly failure?: DiagnosisFailure;
}

export interface StateSummary {
  readonly terraformVersion: string;
  readonly serial: number;
  readonly lineage: string;
  /** How many objects it has. */
  readonly instances: number;
}

export interface PlanSummary {
  readonly outcome: 'planned' | 'failed';
  /** How many resources it would do what to; what is 0 may be left out. */
  readonly actions: Readonly<Partial<Record<PlanAction, number>>>;
  /** How many resources were read from their providers. */
  readonly refreshed: number;
  /** Absent: it is not known, as of a log. */
  readonly durationMs?: number;
}

/** A finding with those who own the resource that it is about; several when they dispute it, none when unknown. */
export interface OwnedFinding extends Finding {
  readonly owners: readonly ShortOwner[];
}

export interface ShortOwner {
  readonly app: string;
  readonly namespace: string;
  readonly provider: string;
  readonly identifier: string;
  /** The best first, e.g. `@payments-oncall in #payments (acme)`. */
  readonly contacts: readonly string[];
}

export const RESOURCE_STATUSES = ['refreshed', 'failed', 'drifted', 'missing', 'not read'] as const;

export type ResourceStatus = (typeof RESOURCE_STATUSES)[number];

/** One resource instance of the state, or one that the plan or a finding names. */
export interface ResourceRow {
  readonly address: string;
  readonly type: string;
  readonly id?: string;
  readonly status: ResourceStatus;
  /** Codes of the findings that name it. */
  readonly findings: readonly FindingCode[];
  /** Addresses of resources, without keys, that it depends on. */
  readonly dependencies: readonly string[];
}

export interface DiagnosisFailure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}
