import { Flags } from '@oclif/core';

import { BreakGlassCommand, type BrokenGlass } from '../../src/ui/break-glass-command.js';
import { executionFlags, requestArgs, signingFlags } from '../../src/ui/approval-flags.js';
import { subjectFlags } from '../../src/ui/change-flags.js';

export default class StateBreakGlass extends BreakGlassCommand {
  static override summary = 'Write a state without a second person, in an emergency';

  static override description =
    'Only where break_glass is set in [tfrepair.approval], only for the maker of the request, and never quietly: the journal ' +
    'keeps who did it and why, and a file for the review afterwards is written. All other guards hold.';

  static override examples = [
    '<%= config.bin %> <%= command.id %> r.json --account acme --reason down --ticket A-1',
    '<%= config.bin %> <%= command.id %> request.json --dir . --reason down --ticket A-1',
  ];

  static override args = requestArgs;

  static override flags = {
    reason: Flags.string({ summary: 'why nobody could be asked', helpValue: 'TEXT', required: true }),
    ticket: Flags.string({ summary: 'where it is looked at afterwards', helpValue: 'TEXT', required: true }),
    confirm: Flags.string({ summary: 'what you would type at a terminal', helpValue: 'TEXT' }),
    'review-out': Flags.string({ summary: 'a new file for the review afterwards', helpValue: 'FILE' }),
    ...signingFlags,
    ...executionFlags,
    ...subjectFlags,
  };

  override async run(): Promise<BrokenGlass> {
    const { flags, args } = await this.parse(StateBreakGlass);
    return this.withSession(flags, async (session) => this.breakGlass(args.request, flags, session));
  }
}
