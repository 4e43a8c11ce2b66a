import { Flags } from '@oclif/core';

import { planningFlags } from './planning-flags.js';
import { reportFlags } from './report-flags.js';

const helpGroup = 'MANY ACCOUNTS';

export const diagnoseFlags = {
  account: Flags.string({
    summary: 'an AWS account, by its name in app-interface; repeatable',
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
    exclusive: ['all', 'dir'],
  }),
  dir: Flags.string({
    summary: 'any folder with a Terraform or OpenTofu configuration',
    helpValue: 'DIR',
    exclusive: ['account', 'all', 'log'],
  }),
  log: Flags.string({
    summary: 'the log of a plan or an apply, or - for stdin; terraform is not run',
    helpValue: 'FILE|-',
    exclusive: ['dir', 'all'],
  }),
  aws: Flags.boolean({
    summary: 'ask AWS about suspects, reading only: do they exist, and who changed them',
    default: true,
    allowNo: true,
  }),
  all: Flags.boolean({ summary: 'every account in which terraform-resources is not disabled', helpGroup }),
  jobs: Flags.integer({
    summary: 'how many at a time; default: as many as there is memory for',
    helpGroup,
    helpValue: 'N',
    min: 1,
  }),
  shard: Flags.string({
    summary: 'only part I of N of the accounts, e.g. 1/3',
    helpGroup,
    helpValue: 'I/N',
    exclusive: ['dir', 'log'],
  }),
  ...reportFlags,
  ...planningFlags,
};
