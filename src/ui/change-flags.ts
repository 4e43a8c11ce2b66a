import { Flags } from '@oclif/core';

import type { Config } from '../config/config.js';
import { UsageError } from '../errors.js';
import type { Asked } from '../surgery/ask.js';
import type { StateRootRequest } from '../surgery/roots/state-root.js';
import { signingFlags, type SigningFlags } from './approval-flags.js';
import { endpointFlags } from './source-flags.js';
import { terraformFlags, terraformOptions, type TerraformFlags } from './terraform-flags.js';

/** Flags that say whose state it is. */
export const subjectFlags = {
  account: Flags.string({
    summary: 'an AWS account, by its name in app-interface',
    helpValue: 'NAME',
    exclusive: ['dir'],
  }),
  dir: Flags.string({
    summary: 'any folder with a Terraform or OpenTofu configuration',
    helpValue: 'DIR',
    exclusive: ['account'],
  }),
  'aws-profile': Flags.string({
    summary: 'AWS profile of the account',
    helpValue: 'NAME',
    env: 'TFREPAIR_AWS_PROFILE',
  }),
  ...terraformFlags,
  ...endpointFlags,
};

/** Flags of the commands that ask for a change. */
export const changeFlags = {
  reason: Flags.string({ summary: 'why, for the second person and the journal', helpValue: 'TEXT' }),
  ticket: Flags.string({ summary: 'the ticket that it belongs to', helpValue: 'TEXT' }),
  'request-out': Flags.string({ summary: 'a new file for the request', helpValue: 'FILE' }),
  'accept-running-loop': Flags.string({
    summary: 'why terraform-resources may go on writing meanwhile',
    helpValue: 'REASON',
  }),
  evidence: Flags.string({
    summary: 'what diagnose --json has found: findings about the addresses go along',
    helpValue: 'FILE',
  }),
  ...signingFlags,
  'dry-run': Flags.boolean({
    summary: 'only show what would be different, and the next plan',
    default: false,
  }),
  ...subjectFlags,
};

/** The values of `subjectFlags`. */
export interface SubjectFlags extends TerraformFlags {
  readonly account?: string | undefined;
  readonly dir?: string | undefined;
  readonly 'aws-profile'?: string | undefined;
  readonly graphql?: string | undefined;
  readonly bundle?: string[] | undefined;
  readonly 'app-interface'?: string | undefined;
  readonly schemas?: string | undefined;
}

/** The values of `changeFlags`. */
export interface ChangeFlags extends SubjectFlags, SigningFlags {
  readonly engine?: 'native' | 'terraform' | undefined;
  readonly reason?: string | undefined;
  readonly ticket?: string | undefined;
  readonly 'request-out'?: string | undefined;
  readonly 'accept-running-loop'?: string | undefined;
  readonly evidence?: string | undefined;
  readonly 'dry-run': boolean;
}

/** @throws UsageError `DurationInvalid` */
export function stateRootRequest(
  flags: SubjectFlags,
  config: Config,
  rest: Pick<StateRootRequest, 'cacheFolder' | 'note'>,
): StateRootRequest {
  const { account, dir, graphql, bundle, schemas } = flags;
  return {
    ...{ account, dir, config, ...rest },
    awsProfile: flags['aws-profile'],
    terraform: terraformOptions(flags, config, rest.cacheFolder),
    source: { graphql, bundle, appInterface: flags['app-interface'], schemas },
  };
}

/** The words that say whose state it is. */
export function subjectWords({ account, dir }: SubjectFlags): string[] {
  if (account !== undefined) return ['--account', account];
  return dir === undefined ? [] : ['--dir', dir];
}

/** @throws UsageError `ReasonMissing` */
export function askedBy(flags: ChangeFlags): Omit<Asked, 'operations' | 'earlier'> {
  const { reason, ticket } = flags;
  const dryRun = flags['dry-run'];
  if (!dryRun && (reason === undefined || reason === '')) {
    throw new UsageError('ReasonMissing', 'nothing says why the state is to be changed', {
      hint: 'give --reason TEXT, or --dry-run to look only',
    });
  }
  return {
    ...{ reason: reason ?? 'dry run', ticket, dryRun, share: flags.share ?? false },
    subject: subjectWords(flags),
    ...{ acceptRunningLoop: flags['accept-running-loop'], requestOut: flags['request-out'] },
  };
}
