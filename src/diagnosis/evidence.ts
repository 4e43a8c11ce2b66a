import type { Plan } from '../terraform/plan/plan.js';
import type { LockInfo } from '../terraform/lock/lock-info.js';
import type { DigestVerdict } from '../terraform/lock/state-digest.js';
import type { State } from '../terraform/state/state.js';

/** All that is known of one root when its findings are looked for. Whatever could not be had is undefined. */
export interface Evidence {
  /** The stored state, read by ourselves. */
  readonly state: State | undefined;
  readonly plan: Plan | undefined;
  readonly config: ConfiguredResources | undefined;
  /** The version that would run, e.g. `1.11.4`. */
  readonly terraformVersion: string | undefined;
  /** What went wrong before a plan could be made (credentials, lock, init). */
  readonly failures: readonly Failure[];
  /** What AWS says about suspects; absent: it was not asked. */
  readonly aws?: AwsEvidence | undefined;
  /** A lock that lies on the state, when it was looked for; also found in the diagnostics of a plan. */
  readonly lock?: StateLock | undefined;
  /** Whether the state is the one that the table of locks remembers. */
  readonly digest?: DigestVerdict | undefined;
  /** When the state was last written, in milliseconds since the epoch. */
  readonly stateWrittenAt?: number | undefined;
  /**
   * Whether the second generation of external resources manages what is at a resource address (without keys): its
   * state is another one.
   */
  readonly managedByErv2?: ((resourceAddress: string) => boolean) | undefined;
  /** Whether deletions have to be approved in app-interface; absent: they have. */
  readonly isGuarded?: boolean | undefined;
  /** Milliseconds since the epoch, for ages. */
  readonly now: number;
}

/** What the configuration wants. */
export interface ConfiguredResources {
  /** Resources without instance keys, e.g. `module.a.aws_sqs_queue.q`. */
  has(resourceAddress: string): boolean;
  readonly addresses: readonly string[];
  /** The arguments that are written down literally, by which an object can be recognised (`name`, `bucket`, …). */
  arguments(resourceAddress: string): Readonly<Record<string, unknown>> | undefined;
  /** `required_version`, as written. */
  readonly requiredVersion: string | undefined;
  /** Source addresses of the required providers, by local name. */
  readonly providers: ReadonlyMap<string, string>;
}

/** A step before the plan that failed. */
export interface Failure {
  readonly step: 'credentials' | 'render' | 'init' | 'state';
  /** The code of the error, e.g. `WrongAccount`. */
  readonly code: string;
  readonly message: string;
}

/** What was asked in AWS, read-only. It is optional: no finding needs it, but it makes many certain. */
export interface AwsEvidence {
  /** The account that the credentials belong to: 12 digits; undefined: not known. */
  readonly account: string | undefined;
  readonly suspects: readonly AwsSuspect[];
}

/** What AWS knows about one object that a resource stands for, or that the configuration wants. */
export interface AwsSuspect {
  readonly address: string;
  readonly type: string;
  /** What was asked for: the state's id, or of a planned object the name that the configuration gives it. */
  readonly id: string;
  /** `unknown`: it could not be told (denied, or not a type that we can ask about). */
  readonly existence: 'exists' | 'gone' | 'unknown';
  /** The id as terraform would import it, when AWS gave one; it differs from `id` when the object is another one. */
  readonly importId?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number | undefined;
  /** What CloudTrail has on it, the newest first. */
  readonly changes: readonly AwsChange[];
}

/** One call that changed something. */
export interface AwsChange {
  /** The ARN or the name of the caller. */
  readonly who: string;
  /** Milliseconds since the epoch. */
  readonly when: number;
  /** e.g. `DeleteDBParameterGroup` */
  readonly call: string;
}

/** What a lock says of itself, also in an error. */
export type StateLock = Pick<LockInfo, 'id' | 'operation' | 'who' | 'created'>;
