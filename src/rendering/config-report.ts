import { countBlocks } from '../tf-config/render-account.js';
import { specLabel } from '../tf-config/model/spec.js';
import type { AddressDifference } from '../qontract-reconcile/differences.js';
import type { AccountOutcome } from './account-outcome.js';
import type { Rendering } from './renderers.js';
import { writeConfig, type Target } from './write-configs.js';
import type { JsonObject } from '../json.js';

/** What `tfrepair config` says of an account, for people and as JSON. No secret is in it. */
export interface AccountReport {
  readonly account: string;
  readonly status: AccountOutcome['kind'];
  /** Why there is no state location. */
  readonly why?: string;
  /** Where the config was written; null on stdout. */
  readonly file?: string | null;
  readonly resources?: number;
  readonly dataSources?: number;
  readonly outputs?: number;
  /** Variables whose values have to travel as `TF_VAR_{name}`. */
  readonly variables?: readonly VariableReport[];
  /** What could not be told, and what stands in the config instead. */
  readonly unknowns?: readonly UnknownReport[];
  readonly warnings?: readonly string[];
  /** External resources left out (`--skip-unknown`). */
  readonly skipped?: readonly string[];
  /** What the installed qontract-reconcile renders differently; absent when nothing was compared. */
  readonly differences?: readonly AddressDifference[];
}

export interface VariableReport {
  readonly name: string;
  readonly sensitive: boolean;
  /** Whether tfrepair has its value. */
  readonly known: boolean;
}

export interface UnknownReport {
  readonly resource: string;
  readonly what: string;
  readonly why: string;
  readonly instead: string;
}

export interface ConfigReport {
  readonly accounts: readonly AccountReport[];
  /** Credentials and secrets are in the files in plain text. */
  readonly plainSecrets: boolean;
}

/** A rendering that has been written: the report, and the text for stdout if that is the target. */
export interface WrittenRendering {
  readonly report: ConfigReport;
  readonly document: JsonObject | undefined;
}

/** Writes the configs to their target and reports. @throws FailedError `OutUnwritable` */
export async function writeRendering(
  { outcomes, verification }: Rendering,
  target: Target,
  plainSecrets: boolean,
): Promise<WrittenRendering> {
  const several = outcomes.length > 1;
  const accounts: AccountReport[] = [];
  let document: JsonObject | undefined;
  for (const outcome of outcomes) {
    const differences = verification?.get(outcome.account.name);
    if (outcome.kind === 'rendered' && target.kind === 'stdout') ({ document } = outcome.config);
    const file = await writeOutcome(outcome, target, several);
    accounts.push(accountReport(outcome, file, differences));
  }
  return { report: { accounts, plainSecrets }, document };
}

async function writeOutcome(
  outcome: AccountOutcome,
  target: Target,
  several: boolean,
): Promise<string | null> {
  if (outcome.kind !== 'rendered' || target.kind === 'stdout') return null;
  return writeConfig(outcome.config.document, target, several ? outcome.account.name : undefined);
}

function accountReport(
  outcome: AccountOutcome,
  file: string | null,
  differences: readonly AddressDifference[] | undefined,
): AccountReport {
  const common = { account: outcome.account.name, status: outcome.kind };
  if (outcome.kind === 'disabled') return common;
  if (outcome.kind === 'no state location') return { ...common, why: outcome.why };
  const { document, variables, unknowns, warnings, skipped } = outcome.config;
  return {
    ...common,
    file,
    ...countBlocks(document),
    variables: variables.map(({ name, sensitive, value }) => ({
      name,
      sensitive,
      known: value !== undefined,
    })),
    unknowns: unknowns.map(({ spec, what, why, instead }) => ({
      resource: specLabel(spec),
      what,
      why,
      instead,
    })),
    warnings,
    skipped: skipped.map(specLabel),
    ...(differences === undefined ? {} : { differences }),
  };
}
