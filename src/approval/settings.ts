/** `[tfrepair.approval]`: what counts as an approval. */
export interface ApprovalSettings {
  /** Which kinds of proofs count. */
  readonly proofs: readonly ('sts' | 'ssh')[];
  /** How many people besides the maker. */
  readonly reviewers: number;
  /** How old a request may be when it is executed, in milliseconds. */
  readonly maxAge: number;
  /** The OpenSSH allowed-signers file; undefined: SSH proofs cannot be verified. */
  readonly allowedSigners: string | undefined;
  /** The user's own SSH key to sign with: a private key, or a public one whose private key an agent has. */
  readonly sshKey: string | undefined;
  /** Roles (ARN without session) whose session names are set by an identity provider, and so say who it is. */
  readonly trustedRoles: readonly string[];
  /** Whether `tfrepair state break-glass` may be used. */
  readonly breakGlass: boolean;
}
