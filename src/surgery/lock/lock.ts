import type { LockInfo } from '../../terraform/lock/lock-info.js';
import type { LockRequest } from '../store/store.js';

/** One of the things by which terraform keeps others from a state. */
export interface Lock {
  /** For messages. */
  readonly label: string;
  /** @throws RefusedError `StateLocked`, FailedError `LockFailed` */
  take(request: LockRequest): Promise<void>;
  /** Whose it is; undefined: nobody's. @throws FailedError `LockUnreadable`, `LockInvalid` */
  current(): Promise<LockInfo | undefined>;
  /**
   * Gives it back, if it is the one with this ID.
   *
   * @returns whether it was
   * @throws FailedError `LockNotReleased`, `LockUnreadable`, `LockInvalid`
   */
  release(id: string): Promise<boolean>;
}
