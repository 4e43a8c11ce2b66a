import { FailedError } from '../errors.js';
import type { VerifiedWorld } from '../outside/account-world.js';
import { parseState } from '../terraform/state/parse-state.js';
import type { State } from '../terraform/state/state.js';
import type { ResourceReader } from '../terraform/state/state-instances.js';
import type { StateLocation } from '../tf-config/document.js';

/** What is where an account's state should be. */
export type StoredState =
  | { readonly kind: 'read'; readonly state: State }
  /** Nothing was ever written there. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly error: FailedError };

/** Reads an account's state ourselves, without terraform. That it cannot be read is an answer, too. */
export async function readStoredState(
  world: Pick<VerifiedWorld, 'storedState'>,
  location: StateLocation,
  reader?: ResourceReader,
): Promise<StoredState> {
  try {
    const bytes = await world.storedState(location);
    if (bytes === undefined) return { kind: 'none' };
    return { kind: 'read', state: parseState(bytes, `s3://${location.bucket}/${location.key}`, reader) };
  } catch (error) {
    if (error instanceof FailedError) return { kind: 'unreadable', error };
    throw error;
  }
}
