import { createHmac } from 'node:crypto';

import type { ProvenIdentity } from '../../../src/approval/proof.js';
import { signedMatter, type SignedMatter, type Statement } from '../../../src/approval/statement.js';
import { formatToken, parseToken, type Approval } from '../../../src/approval/token.js';
import { RefusedError } from '../../../src/errors.js';
import { canonicalRequest } from '../../../src/surgery/request/canonical.js';
import type { SurgeryRequest } from '../../../src/surgery/request/request.js';

/**
 * Stands in for AWS and OpenSSH: a seal is good for exactly the matter that it was made for, and for whoever made it. Unlike
 * them it needs no server and no program, so that many forgeries can be tried.
 */
export class Seals {
  readonly #holders = new Map<string, ProvenIdentity>();

  /** A statement on a request, sealed by somebody and read back from its token. */
  make(identity: ProvenIdentity, statement: Statement, request: SurgeryRequest): Approval {
    const holder =
      identity.kind === 'sts' ? identity.accessKeyId : identity.fingerprint.slice('SHA256:'.length);
    this.#holders.set(holder, identity);
    const seal = sealOf(holder, signedMatter(statement, canonicalRequest(request)));
    return throughToken(statement, proofOf(identity, holder, seal));
  }

  readonly verify = ({ proof }: Approval, matter: SignedMatter): Promise<ProvenIdentity> => {
    const [holder = '', seal] =
      proof.kind === 'sts' ? [proof.accessKeyId, proof.signature] : proof.signature.split(' ');
    const identity = this.#holders.get(holder);
    if (identity !== undefined && seal === sealOf(holder, matter)) return Promise.resolve(identity);
    return Promise.reject(new RefusedError('ProofNotAccepted', 'the proof is of something else'));
  };
}

/** As it arrives. @throws RefusedError `TokenInvalid` */
export function throughToken(statement: Statement, proof: Approval['proof']): Approval {
  return parseToken(formatToken(statement, proof));
}

function sealOf(holder: string, { header, namespace }: SignedMatter): string {
  return createHmac('sha256', holder).update(`${namespace}\n${header}`).digest('hex');
}

function proofOf(identity: ProvenIdentity, holder: string, seal: string): Approval['proof'] {
  if (identity.kind === 'ssh') return { kind: 'ssh', signature: `${holder} ${seal}` };
  const date = `${new Date(identity.signedAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const call = { region: 'us-east-1', date, signedHeaders: ['host'] };
  return { kind: 'sts', accessKeyId: identity.accessKeyId, ...call, signature: seal };
}
