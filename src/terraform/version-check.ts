import gt from 'semver/functions/gt.js';
import valid from 'semver/functions/valid.js';

import { satisfiesConstraint } from './version-constraint.js';

export interface VersionQuestion {
  /** What would run, e.g. `terraform`. */
  readonly product: string;
  /** e.g. `1.11.4` */
  readonly version: string;
  /** `terraform_version` of the state; undefined: there is no state, or it cannot be read. */
  readonly stateVersion: string | undefined;
  /** `required_version` of the config, as written. */
  readonly requiredVersion: string | undefined;
}

export interface VersionProblem {
  /** `error`: terraform refuses to work. `warning`: it works, but something is to be known before anything is written. */
  readonly severity: 'error' | 'warning';
  readonly text: string;
}

/** What there is to say about running this version on this state and config. */
export function checkVersion(question: VersionQuestion): VersionProblem[] {
  return [pinProblem(question), stateProblem(question)].filter((problem) => problem !== undefined);
}

function pinProblem({ product, version, requiredVersion }: VersionQuestion): VersionProblem | undefined {
  if (requiredVersion === undefined || satisfiesConstraint(version, requiredVersion) !== false)
    return undefined;
  return {
    severity: 'error',
    text: `the config wants version ${requiredVersion}, and this is ${product} ${version}`,
  };
}

function stateProblem({ product, version, stateVersion }: VersionQuestion): VersionProblem | undefined {
  if (stateVersion === undefined || valid(stateVersion) === null) return undefined;
  if (gt(version, stateVersion)) {
    return {
      severity: 'warning',
      text: `a write by ${product} ${version} would move the state from version ${stateVersion} to ${version}`,
    };
  }
  if (!gt(stateVersion, version)) return undefined;
  return {
    severity: 'warning',
    text: `the state was written by version ${stateVersion}, which is newer than ${product} ${version}`,
  };
}
