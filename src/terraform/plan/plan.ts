import type { State } from '../state/state.js';

/** What `plan -json` and its plan file said. Also of a plan that failed half-way. */
export interface Plan {
  /** Terraform's or OpenTofu's version. */
  readonly version: string | undefined;
  /** `planned`: it ended well. `failed`: it ended with errors; what was read until then is here. */
  readonly outcome: 'planned' | 'failed';
  /** In the order in which they were begun. */
  readonly refreshes: readonly Refresh[];
  /** What refreshing found changed, with the noise that Terraform reports there. */
  readonly drift: readonly ResourceChange[];
  readonly changes: readonly ResourceChange[];
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when no plan file was written or it could not be read. */
  readonly states: PlanStates | undefined;
}

/** The states in a plan file. Both have serial 0 and no lineage. */
export interface PlanStates {
  /** As it was stored. */
  readonly prior: State;
  /** As refreshing found it. */
  readonly refreshed: State;
}

/** Reading one resource instance from its provider. */
export interface Refresh {
  readonly address: string;
  /** e.g. `aws_sqs_queue` */
  readonly type: string;
  /** What the provider read it by; of a data source, what it found. */
  readonly id: string | undefined;
  /** Milliseconds that it took, 0 where a log does not say; undefined: it never completed. */
  readonly durationMs: number | undefined;
}

/** What a plan does to a resource. */
export const PLAN_ACTIONS = [
  'create',
  'update',
  'delete',
  'replace',
  'read',
  'move',
  'import',
  'forget',
  'noop',
] as const;

export type PlanAction = (typeof PLAN_ACTIONS)[number];

/** One `resource_drift` or `planned_change` event. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action: PlanAction;
  /** e.g. `tainted`, `cannot_update`, `delete_because_no_resource_config` */
  readonly reason: string | undefined;
  /** Where it was in the state, when it has moved. */
  readonly previousAddress: string | undefined;
}

export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly address: string | undefined;
  /** e.g. `config.tf.json:12` */
  readonly place: string | undefined;
}
