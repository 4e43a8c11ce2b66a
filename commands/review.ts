import { Flags } from '@oclif/core';

import type { ReviewResult } from '../src/ui/review-command.js';
import { ReviewCommand } from '../src/ui/review-command.js';
import { executionFlags, requestArgs, signingFlags } from '../src/ui/approval-flags.js';
import { subjectFlags } from '../src/ui/change-flags.js';

export default class Review extends ReviewCommand {
  static override summary = 'Look at a request for a change of a state, and approve or reject it';

  static override description =
    'Reads the state and computes the change anew, shows what it comes to on stderr, and once you have typed what you ' +
    'approve prints your approval on stdout: a token for the maker, valid for exactly this request. Any difference between ' +
    'the request and what is computed here ends the review with 4.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> request.json --account acme --out approval.txt',
    '<%= config.bin %> <%= command.id %> 3f2a9c01d4e5 --account acme --share',
    '<%= config.bin %> <%= command.id %> request.json --dir . --reject --reason "still in use"',
  ];

  static override args = requestArgs;

  static override flags = {
    reject: Flags.boolean({ summary: 'say no, for good; needs --reason', exclusive: ['execute'] }),
    reason: Flags.string({ summary: 'why it is rejected', helpValue: 'TEXT', dependsOn: ['reject'] }),
    execute: Flags.boolean({ summary: 'write the state, too', exclusive: ['reject'] }),
    approval: Flags.string({
      summary: 'with --execute, what another reviewer has said: a token or its file; repeatable',
      helpValue: 'TOKEN',
      multiple: true,
      multipleNonGreedy: true,
      dependsOn: ['execute'],
    }),
    confirm: Flags.string({ summary: 'what you would type at a terminal', helpValue: 'NAME:COUNT' }),
    out: Flags.string({ summary: 'a new file for the token', helpValue: 'FILE' }),
    'all-instances': Flags.boolean({ summary: 'show each of many instances', default: false }),
    aws: Flags.boolean({ summary: 'ask AWS about the instances', default: true, allowNo: true }),
    ...signingFlags,
    ...executionFlags,
    ...subjectFlags,
  };

  override async run(): Promise<ReviewResult> {
    const { flags, args } = await this.parse(Review);
    return this.withSession(flags, async (session) => this.review(args.request, flags, session));
  }
}
