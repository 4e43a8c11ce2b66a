import { Flags } from '@oclif/core';

import type { CarriedOut } from '../../src/review/carry-out.js';
import { policyOf } from '../../src/review/session.js';
import { requestDigest } from '../../src/surgery/request/canonical.js';
import { ApprovalCommand } from '../../src/ui/approval-command.js';
import { executionFlags, requestArgs } from '../../src/ui/approval-flags.js';
import { subjectFlags } from '../../src/ui/change-flags.js';

export default class StateExecute extends ApprovalCommand {
  static override summary = 'Do what a request asks for, once a second person has approved it';

  static override description =
    'Verifies all approvals, takes the lock, makes sure that the state is still the one that was reviewed, backs it up, ' +
    'writes it, reads it back, and plans what it was about. A request is executed once.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> request.json --account acme --approval token.txt',
    '<%= config.bin %> <%= command.id %> 3f2a9c01d4e5 --account acme --json',
  ];

  static override args = requestArgs;

  static override flags = {
    approval: Flags.string({
      summary: 'an approval or a file with one; repeatable; default: what lies beside the state',
      helpValue: 'TOKEN',
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...executionFlags,
    ...subjectFlags,
  };

  override async run(): Promise<CarriedOut> {
    const { flags, args } = await this.parse(StateExecute);
    return this.withSession(flags, async (session) => {
      const handover = await this.handover(args.request, session);
      const digest = requestDigest(handover.request);
      const approvals = await this.approvals(flags.approval, digest, session);
      return this.execute(handover, policyOf(session, handover, approvals), flags, session);
    });
  }
}
