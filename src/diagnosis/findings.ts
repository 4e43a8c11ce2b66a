import { withoutExplained } from './explained.js';
import type { Facts } from './facts.js';
import type { Finding } from './finding.js';
import { SecretValues } from './masking/secret-values.js';
import { withoutSecrets } from './masking/without-secrets.js';
import { cannotRead } from './rules/cannot-read.js';
import { changedOutside } from './rules/changed-outside.js';
import { configError } from './rules/config-error.js';
import { deletedOutside } from './rules/deleted-outside.js';
import { deposed } from './rules/deposed.js';
import { duplicateId } from './rules/duplicate-id.js';
import { missingDependency } from './rules/missing-dependency.js';
import { newerProvider } from './rules/newer-provider.js';
import { notInConfig } from './rules/not-in-config.js';
import { notInState } from './rules/not-in-state.js';
import { planError } from './rules/plan-error.js';
import { providerReplaced } from './rules/provider-replaced.js';
import { recreatedOutside } from './rules/recreated-outside.js';
import { renamed } from './rules/renamed.js';
import { stateDigestMismatch } from './rules/state-digest-mismatch.js';
import { stateLocked } from './rules/state-locked.js';
import { tainted } from './rules/tainted.js';
import { wrongAccount } from './rules/wrong-account.js';
import { wrongTerraformVersion } from './rules/wrong-terraform-version.js';
import { SEVERITIES } from './tally.js';

/** A rule looks at all facts and says what it finds; rules know nothing of each other. */
type Rule = (facts: Facts) => readonly Finding[];

const RULES: readonly Rule[] = [
  wrongAccount,
  stateLocked,
  stateDigestMismatch,
  wrongTerraformVersion,
  configError,
  cannotRead,
  newerProvider,
  providerReplaced,
  renamed,
  duplicateId,
  recreatedOutside,
  missingDependency,
  deletedOutside,
  notInState,
  notInConfig,
  tainted,
  deposed,
  changedOutside,
  planError,
];

const CONFIDENCES = ['certain', 'likely', 'possible'] as const;

/**
 * What is wrong, the suspects first: by severity, then by confidence, then by address. No finding holds a secret value
 * of the states. Takes time in proportion to the evidence; throws nothing.
 */
export function findFindings(facts: Facts): Finding[] {
  const { evidence } = facts;
  const found = withoutExplained(RULES.flatMap((rule) => rule(facts)));
  if (found.length === 0) return [];
  const secrets = new SecretValues([
    evidence.state,
    evidence.plan?.states?.prior,
    evidence.plan?.states?.refreshed,
  ]);
  return found.map((finding) => withoutSecrets(finding, secrets)).sort(byUrgency);
}

function byUrgency(left: Finding, right: Finding): number {
  return (
    SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) ||
    CONFIDENCES.indexOf(left.confidence) - CONFIDENCES.indexOf(right.confidence) ||
    compare(left.addresses[0] ?? '', right.addresses[0] ?? '')
  );
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
