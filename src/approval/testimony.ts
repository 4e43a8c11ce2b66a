import { FailedError, RefusedError } from '../errors.js';
import type { Approver } from '../surgery/approval.js';
import type { Journal } from '../surgery/journal/journal.js';
import { canonicalRequest, shortId } from '../surgery/request/canonical.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import type { Person } from './people.js';
import { personOf } from './person-of.js';
import { principalOf, type ProvenIdentity } from './proof.js';
import type { ApprovalSettings } from './settings.js';
import { onlyStatement, signedMatter, type Decision, type SignedMatter } from './statement.js';
import { requireLive } from './sts/lifetime.js';
import type { Approval } from './token.js';

/** What judging needs, besides what people have said. */
export interface PolicyContext {
  readonly settings: ApprovalSettings;
  readonly people: readonly Person[];
  /** Finds out who made a proof: `verifyProof`. */
  readonly verify: (approval: Approval, matter: SignedMatter) => Promise<ProvenIdentity>;
  readonly journal: Journal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What somebody who is known has said. */
export interface Testimony {
  readonly approval: Approval;
  readonly identity: ProvenIdentity;
  readonly person: Person;
}

/** What can be told of a statement without asking anybody. @throws RefusedError */
export function requireFit(
  approval: Approval,
  digest: string,
  decisions: readonly Decision[],
  { settings, now }: Pick<PolicyContext, 'settings' | 'now'>,
): void {
  const { decision, request, proof } = approval;
  if (request !== digest) {
    throw new RefusedError(
      'OtherRequest',
      `it is about request ${shortId(request)}, not ${shortId(digest)}`,
      {
        hint: 'have exactly this request approved',
      },
    );
  }
  if (!decisions.includes(decision)) {
    throw new RefusedError('DecisionUnfit', `it says ${decision}, and not ${decisions.join(' or ')}`, {
      hint: 'what somebody has said to one question is no answer to another',
    });
  }
  if (!settings.proofs.includes(proof.kind)) {
    throw new RefusedError('ProofKindRefused', `a proof by ${proof.kind} does not count here`, {
      hint: `[tfrepair.approval] takes ${settings.proofs.join(' and ')}`,
    });
  }
  if (proof.kind === 'sts') requireLive(proof.date, now());
}

/** Finds out who has said something. @throws RefusedError, FailedError what `verify` and `personOf` say */
export async function testimonyOf(
  approval: Approval,
  request: SurgeryRequest,
  { verify, people, settings }: PolicyContext,
): Promise<Testimony> {
  const { proof } = approval;
  const matter = signedMatter(onlyStatement(approval), canonicalRequest(request));
  const identity = await verify(approval, matter);
  const isOfProof =
    identity.kind === 'sts'
      ? proof.kind === 'sts' && identity.accessKeyId === proof.accessKeyId
      : proof.kind === 'ssh';
  if (!isOfProof)
    throw new FailedError('ProofConfused', 'another proof was verified than the one that was given');
  return { approval, identity, person: personOf(identity, people, { account: request.account, settings }) };
}

/** For the journal. */
export function approverOf({ person, identity }: Testimony): Approver {
  const place = identity.kind === 'sts' && identity.endpoint !== undefined ? ` at ${identity.endpoint}` : '';
  return { person: person.name, proof: `${identity.kind}${place}`, principal: principalOf(identity) };
}

/** The same error, saying whose words it is about. */
export function saidOf(subject: string, error: unknown): unknown {
  if (!(error instanceof RefusedError || error instanceof FailedError)) return error;
  const { code, message, hint } = error;
  const details = { ...(hint === undefined ? {} : { hint }), cause: error };
  const text = `${subject}: ${message}`;
  return error instanceof RefusedError
    ? new RefusedError(code, text, details)
    : new FailedError(code, text, details);
}
