import type { Maker } from '../surgery/ask.js';
import { nameOf } from './decide.js';
import type { Session } from './session.js';
import { findSigner, type ProofKind } from './signer.js';

/** Who makes requests in a session, and with what they can prove it. @throws RefusedError `ProofNotAllowed` */
export async function makerIn(
  session: Session,
  wanted: ProofKind | undefined,
): Promise<Pick<Maker, 'signer' | 'person'>> {
  const signer = await findSigner({ ...session.signing, wanted });
  return { signer, person: signer && nameOf(signer, session) };
}
