import { RefusedError } from '../errors.js';
import type { ApprovalPolicy } from '../surgery/approval.js';
import { credentialsOf } from './credentials.js';
import { claimed } from './maker.js';
import { requireOpen } from './policy.js';
import {
  approverOf,
  requireFit,
  saidOf,
  testimonyOf,
  type PolicyContext,
  type Testimony,
} from './testimony.js';
import type { Approval } from './token.js';
import type { SurgeryRequest } from '../surgery/request/request.js';

/** A maker's word that they go on alone. */
export interface BreakGlass extends PolicyContext {
  /** Says `break-glass`, with a reason and a ticket, in the maker's own name. */
  readonly statement: Approval;
}

/**
 * The way round the second person, for when there is none: only where the configuration allows it, only for the maker, and
 * written down before anything else happens.
 *
 * @returns a policy whose `verify` throws RefusedError `BreakGlassOff`, `MakerMismatch`, and what `requireOpen` and the
 *   statement's proof say
 */
export function breakGlassPolicy(glass: BreakGlass): ApprovalPolicy {
  return {
    verify: async (request, digest) => {
      requireAllowed(glass);
      await requireOpen(request, digest, glass);
      const by = { ...approverOf(await makersOwn(request, digest, glass)) };
      const alone = { ...by, proof: `break-glass:${by.proof}` };
      const { reason = '', ticket = '' } = glass.statement;
      await glass.journal.append({
        ...{ request: digest, step: 'break-glass', root: request.root, by: alone, reason, ticket },
      });
      return [alone];
    },
  };
}

/** @throws RefusedError `BreakGlassOff` */
export function requireAllowed({ settings }: Pick<PolicyContext, 'settings'>): void {
  if (settings.breakGlass) return;
  throw new RefusedError('BreakGlassOff', 'nothing is written here without a second person', {
    hint: 'ask a colleague to review the request; the emergency exit is break_glass in [tfrepair.approval]',
  });
}

async function makersOwn(request: SurgeryRequest, digest: string, glass: BreakGlass): Promise<Testimony> {
  const { statement } = glass;
  try {
    requireFit(statement, digest, ['break-glass'], glass);
    if (isBlank(statement.reason) || isBlank(statement.ticket)) throw unexplained();
    const testimony = await testimonyOf(statement, request, glass);
    claimed(request, testimony, credentialsOf(testimony.identity));
    return testimony;
  } catch (error) {
    throw saidOf('the break-glass statement', error);
  }
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function unexplained(): RefusedError {
  return new RefusedError('BreakGlassUnexplained', 'it has no reason, or no ticket', {
    hint: 'give --reason TEXT and --ticket ID',
  });
}
