import { personOf } from '../approval/person-of.js';
import { requireNotRequester } from '../approval/policy.js';
import { principalOf, type ProvenIdentity } from '../approval/proof.js';
import { onlyStatement, type Statement } from '../approval/statement.js';
import { approverOf, requireFit, testimonyOf } from '../approval/testimony.js';
import { formatToken, type Approval } from '../approval/token.js';
import { RefusedError } from '../errors.js';
import type { Approver } from '../surgery/approval.js';
import { canonicalRequest, requestDigest } from '../surgery/request/canonical.js';
import type { Requester, SurgeryRequest } from '../surgery/request/request.js';
import type { StateRoot } from '../surgery/roots/state-root.js';
import type { Session } from './session.js';
import type { Signer } from './signer.js';

/** What a reviewer has said, proved to be theirs. */
export interface Decided {
  readonly approval: Approval;
  readonly token: string;
  readonly by: Approver;
}

/** What of a session deciding needs. */
export interface Desk extends Pick<Session, 'context' | 'journal'> {
  readonly root: Pick<StateRoot, 'account' | 'aws' | 'store'>;
}

/** What a reviewer may say. */
export type Verdict =
  { readonly decision: 'approve' } | { readonly decision: 'reject'; readonly reason: string };

/**
 * Refuses whoever nobody knows, and whoever approves and cannot be the second person, as far as that is known before anything
 * is signed. A maker may reject: that takes their request back.
 *
 * @throws RefusedError `SamePerson`, `SameKey`, `SameAccessKey`, `SameUser`, `PrincipalUnmapped` and others
 */
export function requireMayDecide(
  decision: Verdict['decision'],
  signer: Signer,
  request: SurgeryRequest,
  session: Desk,
): void {
  const { people, settings } = session.context;
  const identity = identityOf(signer, session.root);
  if (identity.kind === 'sts') {
    const person = personOf(identity, people, { account: request.account, settings });
    if (decision === 'approve') requireNotRequester({ person, identity }, request.requester);
    return;
  }
  if (decision === 'reject') return;
  // Under which names the key counts, the signature will show.
  const known = people.find(({ sshKeys }) => sshKeys.includes(identity.fingerprint));
  const person = known ?? {
    name: principalOf(identity),
    awsUsernames: [],
    arns: [],
    sshNames: [],
    sshKeys: [],
  };
  requireNotRequester({ person, identity }, request.requester);
}

/**
 * Signs a reviewer's word, and makes sure that it will count.
 *
 * @throws RefusedError as `requireMayDecide`, and what is wrong with the proof
 */
export async function decide(
  verdict: Verdict,
  request: SurgeryRequest,
  signer: Signer,
  session: Desk,
): Promise<Decided> {
  const digest = requestDigest(request);
  const decided = await state({ ...verdict, request: digest }, request, signer, session);
  if (verdict.decision === 'reject') {
    const { reason } = verdict;
    await session.journal.append({
      ...{ request: digest, step: 'rejected', root: request.root, state: session.root.store.label },
      ...{ by: { ...decided.by }, reason },
    });
  }
  return decided;
}

async function state(
  statement: Statement,
  request: SurgeryRequest,
  signer: Signer,
  { context }: Desk,
): Promise<Decided> {
  const approval = await signer.sign(statement, canonicalRequest(request));
  requireFit(approval, statement.request, [statement.decision], context);
  const testimony = await testimonyOf(approval, request, context);
  if (statement.decision === 'approve') requireNotRequester(testimony, request.requester);
  const token = formatToken(onlyStatement(approval), approval.proof);
  return { approval, token, by: approverOf(testimony) };
}

function identityOf({ kind, self }: Signer, { aws }: Pick<StateRoot, 'aws'>): ProvenIdentity {
  if (kind === 'ssh' || aws === undefined) {
    return { kind: 'ssh', fingerprint: self.sshKey ?? '', names: [] };
  }
  const { arn, account, userId, credentials } = aws;
  return { kind, arn, account, userId, accessKeyId: credentials.accessKeyId, signedAt: 0 };
}

/** The name of whoever signs, when it can be told; undefined: not known, or not for sure. */
export function nameOf(signer: Signer, session: Desk): Requester['person'] {
  const { people, settings } = session.context;
  const identity = identityOf(signer, session.root);
  const { fingerprint } = identity.kind === 'ssh' ? identity : { fingerprint: '' };
  if (identity.kind === 'ssh') return people.find(({ sshKeys }) => sshKeys.includes(fingerprint))?.name;
  try {
    return personOf(identity, people, { account: session.root.account, settings }).name;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}
