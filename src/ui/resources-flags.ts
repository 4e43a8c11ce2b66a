import { Flags } from '@oclif/core';

import type { ResourceStatus } from '../diagnosis/diagnosis.js';
import type { ResourceFilter } from '../resources/resource-filter.js';
import { planningFlags } from './planning-flags.js';

const helpGroup = 'WHICH RESOURCES';

/** As they are written on a command line. */
const STATUSES: Readonly<Record<string, ResourceStatus>> = {
  refreshed: 'refreshed',
  failed: 'failed',
  drifted: 'drifted',
  missing: 'missing',
  'not-read': 'not read',
};

export const resourcesFlags = {
  account: Flags.string({ summary: 'the AWS account, by its name in app-interface', helpValue: 'NAME' }),
  log: Flags.string({
    summary: 'the log of a plan or an apply, or - for stdin; terraform is not run',
    helpValue: 'FILE|-',
  }),
  type: Flags.string({
    summary: 'only resources of this type; repeatable',
    helpGroup,
    helpValue: 'TYPE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  match: Flags.string({
    summary: 'only those whose address or id matches this regular expression',
    helpGroup,
    helpValue: 'RE',
  }),
  status: Flags.string({
    summary: 'only those with this status; repeatable',
    helpGroup,
    multiple: true,
    multipleNonGreedy: true,
    options: Object.keys(STATUSES),
  }),
  ...planningFlags,
};

/** What the flags ask to be shown. */
export function filterOf(flags: {
  readonly type?: string[] | undefined;
  readonly match?: string | undefined;
  readonly status?: string[] | undefined;
}): ResourceFilter {
  return {
    types: flags.type ?? [],
    match: flags.match,
    statuses: (flags.status ?? []).flatMap((status) => STATUSES[status] ?? []),
  };
}
