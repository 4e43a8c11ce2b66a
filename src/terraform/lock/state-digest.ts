import { createHash } from 'node:crypto';

/** What the digest in the table of locks says about the state that is stored. */
export type DigestVerdict =
  /** They belong together, or no digest was ever written. */
  | { readonly kind: 'fine' }
  /** Terraform refuses to go on: the state was written by somebody else, or the write was cut short. */
  | { readonly kind: 'mismatch'; readonly expected: string; readonly actual: string | undefined };

/**
 * Compares as terraform does before it uses a state; `actual` is undefined when there is a digest but no state.
 *
 * @param expected in hex, as `readS3Digest` gives it
 * @param state the stored bytes; undefined: there are none
 */
export function checkDigest(expected: string | undefined, state: Uint8Array | undefined): DigestVerdict {
  const actual = state && createHash('md5').update(state).digest('hex');
  if (expected === undefined || expected === actual) return { kind: 'fine' };
  return { kind: 'mismatch', expected, actual };
}
