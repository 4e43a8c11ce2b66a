import { Flags } from '@oclif/core';

import { setting } from '../config/setting.js';
import type { Config } from '../config/config.js';
import { parseDuration } from '../duration.js';
import type { PlanningRequest } from '../planning/planned-account.js';
import { endpointFlags } from './source-flags.js';
import { terraformFlags } from './terraform-flags.js';

const helpGroup = 'TERRAFORM';

/** Flags of the commands that run `terraform plan` for an account. */
export const planningFlags = {
  only: Flags.string({
    summary: 'plan only this address and what it depends on (fast); repeatable',
    helpValue: 'ADDRESS',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'aws-profile': Flags.string({
    summary: 'AWS profile of the account',
    helpValue: 'NAME',
    env: 'TFREPAIR_AWS_PROFILE',
  }),
  ...terraformFlags,
  lock: Flags.boolean({ summary: "take the state's lock, as an apply does", helpGroup, default: false }),
  'keep-workdir': Flags.boolean({
    summary: 'leave the working folder, with the plan file, and say where it is',
    helpGroup,
    default: false,
  }),
  'save-log': Flags.string({
    summary: "keep terraform's events (plan -json) in a file",
    helpGroup,
    helpValue: 'FILE',
  }),
  ...endpointFlags,
};

/** The values of `planningFlags`. */
export interface PlanningFlags {
  readonly only?: string[] | undefined;
  readonly 'aws-profile'?: string | undefined;
  readonly 'terraform-bin'?: string | undefined;
  readonly timeout: string;
  readonly lock: boolean;
  readonly 'keep-workdir': boolean;
  readonly 'save-log'?: string | undefined;
  readonly graphql?: string | undefined;
  readonly bundle?: string[] | undefined;
  readonly 'app-interface'?: string | undefined;
  readonly schemas?: string | undefined;
}

/** What the flags and the configuration file ask for. @throws UsageError `DurationInvalid` */
export function planningRequest(
  flags: PlanningFlags,
  config: Config,
  rest: Pick<PlanningRequest, 'account' | 'cacheFolder' | 'note'>,
): PlanningRequest {
  const { graphql, bundle, schemas } = flags;
  return {
    ...rest,
    config,
    source: { graphql, bundle, appInterface: flags['app-interface'], schemas },
    awsProfile: flags['aws-profile'],
    terraformBin: setting(flags['terraform-bin'], config.tfrepair.terraform_bin),
    timeoutMs: parseDuration(flags.timeout),
    keepWorkdir: flags['keep-workdir'],
    only: flags.only ?? [],
    lock: flags.lock,
    saveLog: flags['save-log'],
  };
}
