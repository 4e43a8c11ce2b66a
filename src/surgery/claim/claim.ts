import * as v from 'valibot';

import { RefusedError } from '../../errors.js';
import { shortId } from '../request/canonical.js';

/** A request as something that one attempt has taken for itself, so that nobody can execute it a second time. */
export interface Claim {
  /** The request's. */
  readonly digest: string;
  /** The ID of the attempt's lock. */
  readonly attempt: string;
  /** e.g. `jdoe@laptop` */
  readonly who: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

/**
 * Claims beside a state. The journal is on one machine; on another one, and after the earlier state was put back, nothing
 * but the claim tells that a request was executed before. Whoever takes one holds the lock of the state.
 */
export interface Claims {
  /** @throws RefusedError `AlreadyExecuted` when another attempt has it; FailedError `ClaimFailed` */
  take(claim: Claim): Promise<void>;
  /**
   * Gives back what one of these attempts has taken, if one has.
   *
   * @throws FailedError `ClaimNotRemoved`
   */
  giveBack(digest: string, attempts: readonly string[]): Promise<void>;
}

/** A claim is a few lines. */
export const MAX_CLAIM_BYTES = 16 * 1024;

const ClaimDocument = v.object({
  request: v.string(),
  attempt: v.string(),
  who: v.pipe(v.string(), v.maxLength(1024)),
  at: v.pipe(v.string(), v.isoTimestamp()),
});

type ClaimDocument = v.InferOutput<typeof ClaimDocument>;

/** Where the claims of a state are, and what the one on a request is called. @param state its key or path */
export function claimNames(
  state: string,
  digest: string,
): { readonly folder: string; readonly name: string } {
  return { folder: `${state}.tfrepair`, name: `${digest}.spent` };
}

export function formatClaim({ digest: request, attempt, who, created }: Claim): Buffer {
  const document: ClaimDocument = { request, attempt, who, at: new Date(created).toISOString() };
  return Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** undefined: it is not one that we have written, and nobody's that we know. */
export function parseClaim(bytes: Buffer): ClaimDocument | undefined {
  try {
    return v.parse(ClaimDocument, JSON.parse(bytes.toString()));
  } catch {
    return undefined;
  }
}

/** @param place of the claim that is there @param held what it says */
export function alreadyExecuted(
  digest: string,
  place: string,
  held: ClaimDocument | undefined,
): RefusedError {
  const by = held === undefined ? '' : ` by ${held.who} at ${held.at}`;
  return new RefusedError(
    'AlreadyExecuted',
    `request ${shortId(digest)} has been executed before${by}: ${place} says so`,
    { hint: 'prepare a new request; if that attempt was cut short, tfrepair state resume on its machine' },
  );
}
