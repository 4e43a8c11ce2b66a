import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { requireSayable } from '../approval/sayable.js';
import { FailedError, messageOf, RefusedError, UsageError } from '../errors.js';
import type { CarriedOut } from '../review/carry-out.js';
import { decide, requireMayDecide, type Decided, type Verdict } from '../review/decide.js';
import { examine } from '../review/examine.js';
import { requireKnownKey } from '../review/require-known-key.js';
import type { ReviewView } from '../review/review-view.js';
import { policyOf, type Session } from '../review/session.js';
import { requireSigner, type Signer } from '../review/signer.js';
import { shareApproval } from '../surgery/notes/notes.js';
import { requestDigest } from '../surgery/request/canonical.js';
import type { Handover } from '../surgery/request/handover.js';
import { ApprovalCommand } from './approval-command.js';
import type { ExecutionFlags, SigningFlags } from './approval-flags.js';
import { renderReview } from './review-report.js';

/** What a review comes to. */
export interface ReviewResult {
  readonly review: ReviewView;
  readonly decision: 'approve' | 'reject';
  readonly by: Decided['by'];
  readonly token: string;
  /** Where it lies beside the state; absent: nowhere. */
  readonly shared?: string;
  /** What the write came to, where it was done at once. */
  readonly executed?: CarriedOut;
}

/** The values of the flags of a review. */
export interface ReviewFlags extends SigningFlags, ExecutionFlags {
  readonly reject?: boolean;
  readonly reason?: string | undefined;
  readonly execute?: boolean;
  /** Of other people, where more than one is asked for. */
  readonly approval?: string[] | undefined;
  readonly confirm?: string | undefined;
  readonly out?: string | undefined;
  readonly 'all-instances': boolean;
  readonly aws: boolean;
}

/** The second person's side. The view goes to stderr, so that the token is alone on stdout. */
export abstract class ReviewCommand extends ApprovalCommand {
  protected async review(named: string, flags: ReviewFlags, session: Session): Promise<ReviewResult> {
    requireReason(flags);
    requireSayable(flags);
    const handover = await this.handover(named, session);
    const { request } = handover;
    const decision: Verdict['decision'] = flags.reject === true ? 'reject' : 'approve';
    const signer = await requireSigner({ ...session.signing, wanted: flags.proof });
    requireMayDecide(decision, signer, request, session);
    await requireKnownKey(signer, session);
    const others = await this.approvals(flags.approval ?? [], requestDigest(request), session);
    const review = await this.show(handover, flags, session);
    const decided = await this.decideOn(review, handover, signer, flags, session);
    const { approval, token, by } = decided;
    if (flags.out !== undefined) await writeToken(resolve(this.world.cwd, flags.out), token);
    const { notes } = session.root.store;
    const shared =
      flags.share === true && notes !== undefined ? await shareApproval(notes, approval, token) : undefined;
    const result = {
      ...{ review, decision, by, token },
      ...(shared === undefined ? {} : { shared }),
    };
    this.note(flags.reject === true ? `Rejected by ${by.person}, for good.` : `Approved by ${by.person}.`);
    if (flags.execute !== true) {
      this.print(token);
      return result;
    }
    const policy = policyOf(session, handover, [approval, ...others]);
    return { ...result, executed: await this.execute(handover, policy, flags, session) };
  }

  private async show(handover: Handover, flags: ReviewFlags, session: Session): Promise<ReviewView> {
    const earlier = await this.earlier(handover.request, flags, session);
    const review = await examine(handover, session, { earlier, askAws: flags.aws });
    if (!this.jsonEnabled()) {
      const style = { colour: this.errorColour, width: this.width, allInstances: flags['all-instances'] };
      this.note(renderReview(review, style));
    }
    return review;
  }

  private async decideOn(
    { differences, root, instances }: ReviewView,
    { request }: Handover,
    signer: Signer,
    { reject, reason, confirm }: ReviewFlags,
    session: Session,
  ): Promise<Decided> {
    if (reject === true)
      return decide({ decision: 'reject', reason: reason ?? '' }, request, signer, session);
    if (differences.length > 0) throw differs(differences);
    const expected = { root, count: instances.length };
    if (!(await this.confirmed(expected, confirm, 'To approve this'))) throw notApproved();
    return decide({ decision: 'approve' }, request, signer, session);
  }
}

/** A word without a reason helps nobody. */
function requireReason({ reject, reason }: ReviewFlags): void {
  if (reject !== true || (reason ?? '').trim() !== '') return;
  throw new UsageError('ReasonMissing', 'nothing says why the request is rejected', {
    hint: 'give --reason TEXT',
  });
}

function differs(differences: readonly string[]): RefusedError {
  return new RefusedError(
    'RequestDiffers',
    `the request is not what it claims to be: ${differences.join('; ')}`,
    {
      hint: 'let its maker prepare it again; find out why, if nobody has written the state since',
    },
  );
}

function notApproved(): UsageError {
  return new UsageError('NotApproved', 'nothing was typed, and so nothing is approved', {
    hint: 'look again, or reject it with --reject --reason TEXT',
  });
}

async function writeToken(file: string, token: string): Promise<void> {
  try {
    await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new FailedError('TokenNotWritten', `cannot write the approval to ${file}: ${messageOf(error)}`, {
      hint: 'name a new file with --out',
      cause: error,
    });
  }
}
