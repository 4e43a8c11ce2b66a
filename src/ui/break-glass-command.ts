import { join } from 'node:path';

import { requireAllowed } from '../approval/break-glass.js';
import { requireSayable } from '../approval/sayable.js';
import type { Approval } from '../approval/token.js';
import { UsageError } from '../errors.js';
import { writeAftermath } from '../review/aftermath.js';
import type { CarriedOut } from '../review/carry-out.js';
import { breakGlassIn, type Session } from '../review/session.js';
import { requireSigner } from '../review/signer.js';
import { canonicalRequest, requestDigest, shortId } from '../surgery/request/canonical.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import { distinctName } from '../terraform/address/plain-address.js';
import { ApprovalCommand } from './approval-command.js';
import type { ExecutionFlags, SigningFlags } from './approval-flags.js';
import { operationText } from './operation-text.js';
import { printable } from './printable.js';

/** What has to be typed, with the name of the root after it. */
const PHRASE = 'without a second person on';

/** What a write without a second person comes to. */
export interface BrokenGlass extends CarriedOut {
  /** The file for those who look at it afterwards. */
  readonly aftermath: string;
}

/** The values of the flags of a break-glass. */
export interface BreakGlassFlags extends SigningFlags, ExecutionFlags {
  readonly reason: string;
  readonly ticket: string;
  readonly confirm?: string | undefined;
  readonly 'review-out'?: string | undefined;
}

/** The emergency exit: loud, signed, and written down. */
export abstract class BreakGlassCommand extends ApprovalCommand {
  protected async breakGlass(named: string, flags: BreakGlassFlags, session: Session): Promise<BrokenGlass> {
    requireAllowed(session.context);
    requireSayable(flags);
    const { request } = await this.handover(named, session);
    const signer = await requireSigner({ ...session.signing, wanted: flags.proof });
    this.note(this.errorColour.red(warning(request, flags)));
    await this.requireTyped(request, flags.confirm);
    const { reason, ticket } = flags;
    const digest = requestDigest(request);
    const statement = await signer.sign(
      { decision: 'break-glass', request: digest, reason, ticket },
      canonicalRequest(request),
    );
    const done = await this.execute({ request }, breakGlassIn(session, statement), flags, session);
    return { ...done, aftermath: await this.keepAftermath(request, statement, done, flags) };
  }

  /** What is typed names what is done, so that nobody types it by habit. */
  private async requireTyped({ root }: SurgeryRequest, given: string | undefined): Promise<void> {
    const expected = `${PHRASE} ${root}`;
    if (given === expected) return;
    if (given !== undefined) {
      throw new UsageError('ConfirmationWrong', `--confirm is not the phrase: ${printable(expected)}`);
    }
    const prompts = this.prompts(`give --confirm "${PHRASE} NAME"`);
    if (await prompts.confirmTyped({ message: `Type "${expected}"`, expected })) return;
    throw new UsageError('NotConfirmed', 'the phrase was not typed, and nothing is written');
  }

  private async keepAftermath(
    request: SurgeryRequest,
    statement: Approval,
    done: CarriedOut,
    flags: BreakGlassFlags,
  ): Promise<string> {
    const id = shortId(requestDigest(request));
    const named = this.pathOf(flags['review-out']);
    const file = named ?? join(this.config.dataDir, 'break-glass', `${id}.json`);
    await writeAftermath(file, { request, statement, done });
    this.note(`!!! To be reviewed afterwards: ${file}`);
    return file;
  }
}

function warning(request: SurgeryRequest, { reason, ticket }: BreakGlassFlags): string {
  return [
    'BREAK GLASS: nobody else looks at this before it is written.',
    `${distinctName(request.root)}: ${request.operations.map(operationText).join('; ')}`,
    `asked for because: ${printable(request.reason)}`,
    `without a second person because: ${printable(reason)} (${printable(ticket)})`,
    'It is signed by you, kept in the journal, and has to be reviewed afterwards.',
  ]
    .map((line) => `!!! ${line}`)
    .join('\n');
}
