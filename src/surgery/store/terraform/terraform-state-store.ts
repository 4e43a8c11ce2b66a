import { isDeepStrictEqual } from 'node:util';

import { FailedError } from '../../../errors.js';
import type { JsonObject } from '../../../json.js';
import type { LockInfo } from '../../../terraform/lock/lock-info.js';
import { pullState } from '../../../terraform/state/pull-state.js';
import type { RequestedState, SurgeryRequest } from '../../request/request.js';
import { stateChanged } from '../state-changed.js';
import type { HeldLock, LockRequest, StateStore, StoredState, WrittenState } from '../store.js';
import { sha256Of, storedState } from '../stored-state.js';
import { askForLock, forceUnlock } from './force-unlock.js';
import { pushState, type Push } from './push-state.js';
import { withSerial } from './renumber.js';

/**
 * A state that terraform alone can reach. Its guarantee is terraform's own: `state push` locks where the backend can, and
 * takes a state only if its serial is greater than the stored one's, which one serial more than the base's is only as long
 * as nobody has written. It does not see a forced push of the same serial, or a state that was emptied, between our last
 * look and our push.
 *
 * @param root initialised
 * @param folder private (0700), for the state that is pushed
 */
export function openTerraformStateStore({
  backend,
  ...push
}: Push & { readonly backend: string }): StateStore {
  return new TerraformStateStore(backend, push);
}

class TerraformStateStore implements StateStore {
  readonly location: RequestedState;
  readonly label: string;
  readonly caution =
    'only terraform can reach this state. It is compared with what was approved, and then terraform pushes the new one, ' +
    'under its lock where the backend has locks. A write between the two is noticed by its serial; one that was forced ' +
    'with an old serial is not.';
  /** Digests of what was read back, with those of what was pushed. */
  readonly #pushed = new Map<string, string>();

  constructor(
    backend: string,
    private readonly push: Push,
  ) {
    this.location = { type: 'terraform', backend };
    this.label = push.label;
  }

  async read(): Promise<StoredState | undefined> {
    const pulled = await pullState(this.push.root, this.push.terraform);
    if (pulled === undefined) return undefined;
    const bytes = Buffer.from(pulled.buffer, pulled.byteOffset, pulled.byteLength);
    const state = storedState(bytes, sha256Of(bytes), this.label);
    // Of a state that was never written, some backends give an empty one.
    return state.lineage === '' ? undefined : state;
  }

  /** Terraform compares serials by itself, whatever the backend. */
  probe(): Promise<void> {
    return Promise.resolve();
  }

  async compareAndSwap(base: StoredState, bytes: Buffer): Promise<WrittenState> {
    const next = storedState(bytes, sha256Of(bytes), this.label);
    if (next.serial !== base.serial + 1 || next.lineage !== base.lineage) {
      throw new FailedError('StateWriteFailed', `the new state of ${this.label} does not follow its base`);
    }
    if ((await this.read())?.sha256 !== base.sha256) throw stateChanged(this.label);
    await pushState(this.push, bytes);
    const now = await this.read();
    if (now !== undefined && isBuiltUpon(next, now)) return { ...next, builtUpon: now.serial };
    if (now === undefined || !isSameState(now.bytes, bytes)) {
      throw new FailedError(
        'StateNotVerified',
        `what terraform reads back of ${this.label} is not what was pushed`,
        {
          hint: 'compare the backup with the state as it is now before anybody runs terraform again',
        },
      );
    }
    this.#pushed.set(now.sha256, next.sha256);
    return now;
  }

  /** Terraform gives what it is handed one serial more, and writes it in its own way. */
  holds({ bytes, sha256 }: StoredState, post: SurgeryRequest['post']): boolean {
    if (sha256 === post.sha256 || this.#pushed.get(sha256) === post.sha256) return true;
    return sha256Of(withSerial(bytes, post.serial, this.label)) === post.sha256;
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  /** Terraform takes its lock for each of its commands; nobody can hold it for longer. */
  lock({ id }: LockRequest): Promise<HeldLock> {
    return Promise.resolve({ id, release: () => Promise.resolve() });
  }

  currentLock(): Promise<LockInfo | undefined> {
    return askForLock(this.push);
  }

  breakLock(id: string): Promise<void> {
    return forceUnlock(this.push, id);
  }

  close(): void {
    // It keeps no connection.
  }
}

/** Terraform has taken ours; what has a greater serial than it may have given that came after. */
function isBuiltUpon(written: StoredState, now: StoredState): boolean {
  return (
    now.lineage === written.lineage && now.serial > written.serial && !isSameState(now.bytes, written.bytes)
  );
}

/** Whether two documents are the same, but for what terraform writes anew: the serial and its own version. */
function isSameState(one: Buffer, other: Buffer): boolean {
  return isDeepStrictEqual(contentOf(one), contentOf(other));
}

function contentOf(bytes: Buffer): JsonObject {
  const state = JSON.parse(bytes.toString()) as JsonObject;
  return { ...state, serial: null, terraform_version: null };
}
