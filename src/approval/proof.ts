/**
 * A signature of `sts:GetCallerIdentity` (AWS Signature Version 4) with the statement's digest among its signed headers.
 * Everything else of the call is built anew by whoever verifies it.
 */
export interface StsProof {
  readonly kind: 'sts';
  readonly accessKeyId: string;
  /** The region of the credential scope, and of the endpoint. */
  readonly region: string;
  /** `X-Amz-Date`: ISO 8601 basic, UTC, e.g. `20260131T120000Z`. */
  readonly date: string;
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[];
  /** 64 hex digits. */
  readonly signature: string;
  /** Of temporary credentials. Of no use without their secret key, which is not here. */
  readonly sessionToken?: string;
}

/** A signature by `ssh-keygen -Y sign` (OpenSSH, PROTOCOL.sshsig), armored. */
export interface SshProof {
  readonly kind: 'ssh';
  readonly signature: string;
}

export type Proof = StsProof | SshProof;

/** Who made a proof, as AWS or the allowed-signers file says. */
export type ProvenIdentity = StsIdentity | SshIdentity;

export interface StsIdentity {
  readonly kind: 'sts';
  readonly arn: string;
  /** The 12-digit account id. */
  readonly account: string;
  /** IAM's unique id; of a role session `ROLEID:SESSION`. */
  readonly userId: string;
  readonly accessKeyId: string;
  /** When it was signed, milliseconds since the epoch. */
  readonly signedAt: number;
  /** Where it was proved, when not by AWS itself: the host and port of a server of this machine, as tests and the demo have one. */
  readonly endpoint?: string;
}

export interface SshIdentity {
  readonly kind: 'ssh';
  /** e.g. `SHA256:…`, of the key itself. */
  readonly fingerprint: string;
  /** All names under which the allowed-signers file accepts the key. */
  readonly names: readonly string[];
  /** Names under which the file lists the key, but does not accept it for this or now. They make nobody of it. */
  readonly otherNames?: readonly string[];
}

/** For the journal and for people: an ARN, or a key's fingerprint. */
export function principalOf(identity: ProvenIdentity): string {
  return identity.kind === 'sts' ? identity.arn : identity.fingerprint;
}
