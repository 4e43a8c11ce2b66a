import { RefusedError } from '../errors.js';
import type { SurgeryRequest } from '../surgery/request/request.js';
import { claimedCredentials, credentialsOf, type PersonalCredentials } from './credentials.js';
import { isSamePerson, type Person } from './people.js';
import { personOf } from './person-of.js';
import { principalOf, type ProvenIdentity, type StsIdentity } from './proof.js';
import { requireFit, saidOf, testimonyOf, type PolicyContext } from './testimony.js';
import type { Approval } from './token.js';

/** What shows who the maker is. */
export interface MakerEvidence {
  /** Who executes, as `sts:GetCallerIdentity` says now; undefined: no AWS account is involved. */
  readonly live?: Pick<StsIdentity, 'arn' | 'account' | 'userId' | 'accessKeyId'> | undefined;
  /** The maker's own `prepare` statement, from the handover. */
  readonly prepared?: Approval | undefined;
}

/** A maker who is known. */
export interface ProvenMaker {
  readonly person: Person;
  readonly identity: ProvenIdentity;
}

/**
 * Who made a request: the one who executes it, if AWS says now that it is the requester; else the one whose statement came
 * with it. A request that only says who made it proves nothing.
 *
 * @throws RefusedError `MakerUnproven`, `MakerMismatch`, and what is wrong with the maker's statement
 */
export async function provenMaker(
  request: SurgeryRequest,
  digest: string,
  { live, prepared }: MakerEvidence,
  context: PolicyContext,
): Promise<ProvenMaker> {
  const { people, settings, now } = context;
  const { userId } = request.requester;
  if (live !== undefined && userId === live.userId && settings.proofs.includes('sts')) {
    const identity = { kind: 'sts', ...live, signedAt: now() } as const;
    const person = personOf(identity, people, { account: request.account, settings });
    // Whoever goes on later has a session, and an access key, of that time.
    return claimed(request, { person, identity }, { arn: live.arn, userId });
  }
  if (prepared === undefined) throw unproven();
  try {
    requireFit(prepared, digest, ['prepare'], context);
    const { person, identity } = await testimonyOf(prepared, request, context);
    return claimed(request, { person, identity }, credentialsOf(identity));
  } catch (error) {
    throw saidOf("the maker's own proof", late(error));
  }
}

/** What AWS has confirmed lives a quarter of an hour, which is short for somebody who waits for an approval. */
function late(error: unknown): unknown {
  if (!(error instanceof RefusedError) || error.code !== 'ProofExpired') return error;
  return new RefusedError(error.code, error.message, {
    hint: 'let the maker execute it with their own credentials, or prepare it with an SSH key, whose proofs last',
    cause: error,
  });
}

/** The request, which is what was reviewed, must name the very identity that is proven now. */
export function claimed(
  { requester }: SurgeryRequest,
  maker: ProvenMaker,
  proven: PersonalCredentials,
): ProvenMaker {
  const { identity, person } = maker;
  const claims = claimedCredentials(requester);
  const isNamed = identity.kind === 'sts' ? claims.userId !== undefined : claims.sshKey !== undefined;
  if (!isNamed) throw mismatch(identity, person, 'names no such identity of its maker');
  for (const name of ['arn', 'userId', 'accessKeyId', 'sshKey'] as const) {
    const [claim, truth] = [claims[name], proven[name]];
    if (claim !== undefined && truth !== undefined && claim !== truth) {
      throw mismatch(identity, person, `says that its maker is ${claim}`);
    }
  }
  if (requester.person !== undefined && !isSamePerson(requester.person, person.name)) {
    throw mismatch(identity, person, `says that ${requester.person} made it`);
  }
  return maker;
}

function mismatch(identity: ProvenIdentity, { name }: Person, what: string): RefusedError {
  return new RefusedError(
    'MakerMismatch',
    `the request ${what}; proven is ${name} (${principalOf(identity)})`,
    {
      hint: 'let its maker prepare it again',
    },
  );
}

function unproven(): RefusedError {
  return new RefusedError(
    'MakerUnproven',
    'nothing proves who made the request, so nobody can be a second person',
    {
      hint: 'let its maker execute it, or hand it over with the maker’s own proof',
    },
  );
}
