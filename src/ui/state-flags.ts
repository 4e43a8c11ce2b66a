import { setting } from '../config/setting.js';
import type { Config } from '../config/config.js';
import { parseDuration } from '../duration.js';
import { UsageError } from '../errors.js';
import type { StateRequest } from '../inspection/read-state.js';
import { subjectFlags } from './change-flags.js';

/** Flags of the commands that look at one state. */
export const stateFlags = subjectFlags;

/** The values of `stateFlags`. */
export interface StateFlags {
  readonly account?: string | undefined;
  readonly dir?: string | undefined;
  readonly 'aws-profile'?: string | undefined;
  readonly 'terraform-bin'?: string | undefined;
  readonly timeout: string;
  readonly graphql?: string | undefined;
  readonly bundle?: string[] | undefined;
  readonly 'app-interface'?: string | undefined;
  readonly schemas?: string | undefined;
}

/** Whose state the flags name. @throws UsageError `SubjectMissing`, `DurationInvalid` */
export function stateRequest(flags: StateFlags, config: Config, cacheFolder: string): StateRequest {
  return {
    subject: subjectOf(flags),
    ...{ config, cacheFolder, awsProfile: flags['aws-profile'] },
    terraformBin: setting(flags['terraform-bin'], config.tfrepair.terraform_bin),
    timeoutMs: parseDuration(flags.timeout),
  };
}

function subjectOf({
  account,
  dir,
  graphql,
  bundle,
  schemas,
  ...flags
}: StateFlags): StateRequest['subject'] {
  if (dir !== undefined) return { kind: 'folder', dir };
  if (account !== undefined) {
    const source = { graphql, bundle, appInterface: flags['app-interface'], schemas };
    return { kind: 'account', account, source };
  }
  throw new UsageError('SubjectMissing', 'nothing is named whose state to look at', {
    hint: 'give --account NAME or --dir DIR',
  });
}
