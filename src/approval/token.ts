import { canonicalize } from 'json-canonicalize';

import type { Proof } from './proof.js';
import type { Statement } from './statement.js';

/** Bumped when a field changes its meaning. */
export const APPROVAL_VERSION = 1;

/** What a token begins with. */
export const TOKEN_PREFIX = 'tfra1.';

/** A statement with its proof: what a person hands over as a token. */
export interface Approval extends Statement {
  readonly schemaVersion: typeof APPROVAL_VERSION;
  readonly type: 'tfrepair-approval';
  readonly proof: Proof;
}

/** One line: the prefix, then the canonical JSON (RFC 8785) in base64url without padding. */
export function formatToken(statement: Statement, proof: Proof): string {
  const approval: Approval = {
    schemaVersion: APPROVAL_VERSION,
    type: 'tfrepair-approval',
    ...statement,
    proof,
  };
  return TOKEN_PREFIX + Buffer.from(canonicalize(approval)).toString('base64url');
}
