import { RefusedError } from '../errors.js';
import type { World } from '../world.js';
import type { ProvenIdentity } from './proof.js';
import type { SignedMatter } from './statement.js';
import type { Approval } from './token.js';

/** What verifying proofs needs besides them. */
export interface ProofContext extends Pick<World, 'env' | 'fetch' | 'now' | 'signal'> {
  /** The partition of the request's account; undefined: it has none, and AWS can say nothing about it. */
  readonly partition: string | undefined;
  /** The OpenSSH allowed-signers file. */
  readonly allowedSigners: string | undefined;
}

/**
 * Finds out who made a statement.
 *
 * @param matter what is signed for that very statement, by `signedMatter` from our own reading of the request
 * @throws RefusedError, FailedError as `verifySts` and `verifySsh` do; `SignersUnknown`, `ProofOfNoAccount`
 */
export async function verifyProof(
  { proof }: Pick<Approval, 'proof'>,
  matter: SignedMatter,
  { partition, allowedSigners, ...world }: ProofContext,
): Promise<ProvenIdentity> {
  if (proof.kind === 'sts') {
    if (partition === undefined) throw noAccount();
    const { verifySts } = await import('./sts/verify.js');
    return verifySts(proof, matter, { partition, ...world });
  }
  if (allowedSigners === undefined) throw noSigners();
  const { verifySsh } = await import('./ssh/verify.js');
  return verifySsh(proof, matter, allowedSigners, world);
}

function noAccount(): RefusedError {
  return new RefusedError(
    'ProofOfNoAccount',
    'the request is about no AWS account, so that AWS cannot say who may approve it',
    {
      hint: 'sign it with an SSH key',
    },
  );
}

function noSigners(): RefusedError {
  return new RefusedError(
    'SignersUnknown',
    'a proof by SSH key cannot be verified: nobody has said whose keys count',
    {
      hint: 'set allowed_signers in [tfrepair.approval] to an OpenSSH allowed-signers file',
    },
  );
}
