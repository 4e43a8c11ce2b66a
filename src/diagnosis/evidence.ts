import type { Plan } from '../terraform/plan/plan.js';
import type { State } from '../terraform/state/state.js';
import type { Finding } from './finding.js';

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

/** A rule looks at all evidence and says what it finds; rules know nothing of each other. */
export type Rule = (evidence: Evidence) => readonly Finding[];
