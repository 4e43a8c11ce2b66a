import { dirname, resolve } from 'node:path';

import type { Config } from '../config/config.js';
import { parseDuration } from '../duration.js';

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

const DAY_MS = 24 * 3_600_000;

/** What counts as an approval where the configuration says nothing: both proofs, one reviewer, a day. */
export const DEFAULT_SETTINGS: ApprovalSettings = {
  proofs: ['sts', 'ssh'],
  reviewers: 1,
  maxAge: DAY_MS,
  allowedSigners: undefined,
  sshKey: undefined,
  trustedRoles: [],
  breakGlass: false,
};

/** The settings of `[tfrepair.approval]`; its paths are relative to the configuration file, wherever one works. */
export function approvalSettings({ file, tfrepair }: Config): ApprovalSettings {
  const { approval = {} } = tfrepair;
  const {
    proofs,
    reviewers,
    max_age: maxAge,
    trusted_roles: trustedRoles,
    break_glass: breakGlass,
  } = approval;
  const path = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : resolve(file === undefined ? '.' : dirname(file), name);
  return {
    proofs: proofs ?? DEFAULT_SETTINGS.proofs,
    reviewers: reviewers ?? DEFAULT_SETTINGS.reviewers,
    maxAge: maxAge === undefined ? DEFAULT_SETTINGS.maxAge : parseDuration(maxAge),
    allowedSigners: path(approval.allowed_signers),
    sshKey: path(approval.ssh_key),
    trustedRoles: trustedRoles ?? DEFAULT_SETTINGS.trustedRoles,
    breakGlass: breakGlass ?? DEFAULT_SETTINGS.breakGlass,
  };
}
