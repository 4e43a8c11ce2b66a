import { requireFit, testimonyOf, type PolicyContext } from '../approval/testimony.js';
import { FailedError, RefusedError } from '../errors.js';
import { requestDigest } from '../surgery/request/canonical.js';
import type { Handover } from '../surgery/request/handover.js';

/** What can be told of who made a request, besides what it says itself. */
export interface MakerWord {
  /** Who has proved to have made it. */
  readonly proven?: string;
  /** Why nobody has, where that may have innocent reasons. */
  readonly note?: string;
  /** Why the proof that came along is none. */
  readonly difference?: string;
}

/** Looks at the maker's own proof. That of AWS credentials lives a quarter of an hour, and is then worth nothing any more. */
export async function makerWord({ request, maker }: Handover, context: PolicyContext): Promise<MakerWord> {
  if (maker === undefined) return { note: 'who made the request: nothing proves it' };
  try {
    requireFit(maker, requestDigest(request), ['prepare'], context);
    const { person } = await testimonyOf(maker, request, context);
    return { proven: person.name };
  } catch (error) {
    if (error instanceof FailedError || (error instanceof RefusedError && error.code === 'ProofExpired')) {
      return { note: `who made the request: ${error.message}` };
    }
    if (error instanceof RefusedError) return { difference: `its maker's own proof: ${error.message}` };
    throw error;
  }
}
