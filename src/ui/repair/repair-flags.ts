import { Flags } from '@oclif/core';

import { VERIFICATIONS } from '../../review/carry-out.js';
import { signingFlags } from '../approval-flags.js';
import { backupFlags } from '../backup-flags.js';
import { subjectFlags } from '../change-flags.js';

const answers = 'ANSWERS (asked for at a terminal)';

export const repairFlags = {
  resume: Flags.string({
    summary: 'go on with the repair whose request has this id',
    helpValue: 'ID',
    exclusive: ['account', 'dir', 'finding'],
  }),
  aws: Flags.boolean({
    summary: 'ask AWS about suspects, reading only',
    default: true,
    allowNo: true,
  }),
  only: Flags.string({
    summary: 'plan only this address and what it depends on (fast); repeatable',
    helpValue: 'ADDRESS',
    multiple: true,
    multipleNonGreedy: true,
  }),
  verify: Flags.option({
    summary: 'what to plan after the write',
    options: VERIFICATIONS,
    default: 'targeted' as const,
  })(),
  plain: Flags.boolean({ summary: 'nothing but lines of text, for screen readers (also: TERM=dumb)' }),
  finding: Flags.string({
    summary: 'what to repair, as diagnose names it',
    helpGroup: answers,
    helpValue: 'CODE[@ADDRESS]',
  }),
  'against-advice': Flags.boolean({
    summary: 'go on although the advice is to leave the state alone',
    helpGroup: answers,
    default: false,
  }),
  repair: Flags.integer({
    summary: 'which of its repairs; may be left out if there is one',
    helpGroup: answers,
    helpValue: 'N',
    min: 1,
  }),
  reason: Flags.string({ summary: 'why, for the second person', helpGroup: answers, helpValue: 'TEXT' }),
  ticket: Flags.string({ summary: 'the ticket that it belongs to', helpGroup: answers, helpValue: 'TEXT' }),
  'accept-running-loop': Flags.string({
    summary: 'why terraform-resources may go on writing meanwhile',
    helpGroup: answers,
    helpValue: 'REASON',
  }),
  'request-out': Flags.string({
    summary: 'a new file for the request',
    helpGroup: answers,
    helpValue: 'FILE',
  }),
  approval: Flags.string({
    summary: 'an approval by a second person; repeatable',
    helpGroup: answers,
    helpValue: 'FILE|TOKEN',
    multiple: true,
    multipleNonGreedy: true,
  }),
  confirm: Flags.string({
    summary: 'the name of the account or folder, as the last word before the write',
    helpGroup: answers,
    helpValue: 'NAME',
  }),
  ...backupFlags,
  ...signingFlags,
  ...subjectFlags,
};
