import { RefusedError } from '../../errors.js';
import { instantOf } from './date.js';

/** As long as AWS itself accepts a signature. */
export const STS_PROOF_LIFETIME_MS = 15 * 60_000;

/** How much clocks may differ. */
const SKEW_MS = 60_000;

/**
 * When a proof was signed, milliseconds since the epoch, if it is still good.
 *
 * @param date `X-Amz-Date`
 * @throws RefusedError `ProofInvalid`, `ProofExpired`, `ProofFutureDated`
 */
export function requireLive(date: string, now: number): number {
  const signedAt = instantOf(date);
  if (signedAt === undefined) {
    throw new RefusedError(
      'ProofInvalid',
      `the proof by AWS credentials cannot be used: there is no time ${date}`,
      {
        hint: 'have it signed again with tfrepair',
      },
    );
  }
  const when = new Date(signedAt).toISOString();
  if (signedAt > now + SKEW_MS) {
    throw new RefusedError(
      'ProofFutureDated',
      `the proof by AWS credentials is of ${when}, which is yet to come`,
      {
        hint: 'set the clocks of both machines right',
      },
    );
  }
  if (signedAt >= now - STS_PROOF_LIFETIME_MS) return signedAt;
  throw new RefusedError(
    'ProofExpired',
    `the proof by AWS credentials is of ${when}; it lived for ${STS_PROOF_LIFETIME_MS / 60_000} minutes`,
    { hint: 'have it signed again, or with an SSH key, whose proofs last as long as the request' },
  );
}
