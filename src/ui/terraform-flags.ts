import { Flags } from '@oclif/core';

import { setting } from '../config/setting.js';
import type { Config } from '../config/config.js';
import { parseDuration } from '../duration.js';
import type { TerraformOptions } from '../terraform/terraform.js';

const helpGroup = 'TERRAFORM';

const DEFAULT_TIMEOUT = '30m';

/** Flags of the commands that may run terraform. */
export const terraformFlags = {
  'terraform-bin': Flags.string({
    summary: 'the terraform or tofu executable',
    helpGroup,
    helpValue: 'FILE',
    env: 'TFREPAIR_TERRAFORM_BIN',
  }),
  timeout: Flags.string({
    summary: 'how long one run of terraform may take, e.g. 90s, 30m or 2h',
    helpGroup,
    helpValue: 'TIME',
    default: DEFAULT_TIMEOUT,
  }),
};

/** Of the commands that terraform has, too. */
export const engineFlags = {
  engine: Flags.option({
    summary: 'who computes the new state: tfrepair, or "terraform state" on a private copy',
    helpGroup,
    options: ['native', 'terraform'] as const,
    default: 'native' as const,
  })(),
};

/** The values of `terraformFlags`. */
export interface TerraformFlags {
  readonly 'terraform-bin'?: string | undefined;
  readonly timeout?: string | undefined;
}

/** @throws UsageError `DurationInvalid` */
export function terraformOptions(
  flags: TerraformFlags,
  config: Config,
  cacheFolder: string,
): Omit<TerraformOptions, 'folder'> {
  return {
    named: setting(flags['terraform-bin'], config.tfrepair.terraform_bin),
    timeoutMs: parseDuration(flags.timeout ?? DEFAULT_TIMEOUT),
    cacheFolder,
  };
}
