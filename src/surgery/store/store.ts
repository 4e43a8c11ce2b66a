import type { Claims } from '../claim/claim.js';
import type { Notes } from '../notes/notes.js';
import type { LockInfo } from '../../terraform/lock/lock-info.js';
import type { RequestedState, SurgeryRequest } from '../request/request.js';

/** A state as a store has it. */
export interface StoredState {
  readonly bytes: Buffer;
  readonly sha256: string;
  /** What the store tells versions apart by: an ETag, or of a file its digest. */
  readonly versionToken: string;
  readonly lineage: string;
  readonly serial: number;
}

/** A state that was written, and read back. */
export interface WrittenState extends StoredState {
  /** The serial of what somebody has built on it since; undefined: it is what the store has. */
  readonly builtUpon?: number;
}

/** An earlier state that is looked for. */
export interface WantedState extends Pick<StoredState, 'serial' | 'lineage'> {
  /** undefined: the newest that has the serial will do. */
  readonly sha256?: string;
}

export interface FoundState {
  readonly state: StoredState;
  /** For messages, e.g. `version 3HL4kqtJ of s3://bucket/key`. */
  readonly place: string;
}

/** Where a state lies, and the only way in which it is written. */
export interface StateStore {
  readonly location: RequestedState;
  /** For messages, e.g. `s3://bucket/key`. */
  readonly label: string;
  /** What people should know before they approve, where the store cannot promise all that is said here. */
  readonly caution?: string | undefined;
  /** @returns undefined when there is no state @throws FailedError `StateUnreadable` */
  read(): Promise<StoredState | undefined>;
  /**
   * Makes sure that the store refuses a write on a wrong base, with a write on a probe.
   *
   * @throws RefusedError `StoreUnsafe`
   */
  probe(): Promise<void>;
  /**
   * Replaces the state if it still is `base`, keeping what the store knows besides the content (encryption, content type,
   * digest items). Whether an answer that never came was a success, `read` tells.
   *
   * @returns what was read back
   * @throws StateChangedError when it is not `base` any more (nothing was written); FailedError `StateWriteFailed`,
   *   `StateNotVerified`
   */
  compareAndSwap(base: StoredState, bytes: Buffer): Promise<WrittenState>;
  /**
   * Whether what is stored is what was approved. Most stores keep bytes as they get them; terraform itself renumbers what
   * it is given.
   */
  holds(state: StoredState, post: SurgeryRequest['post']): boolean;
  /**
   * Makes good what a write that was cut short left undone besides the state itself (a digest item). Does nothing when
   * nothing was left undone, so that it may be called at every resume.
   */
  settle(state: StoredState): Promise<void>;
  /**
   * Takes Terraform's own lock, as the backend is configured. @throws RefusedError `StateLocked` with whose it is
   */
  lock(info: LockRequest): Promise<HeldLock>;
  /** Whose lock there is; undefined: nobody's, or the store cannot tell. @throws FailedError `LockUnreadable`, `LockInvalid` */
  currentLock(): Promise<LockInfo | undefined>;
  /**
   * Takes a lock away from whoever held it, if it still is the one with this ID.
   *
   * @throws RefusedError `LockChanged`, `LockInUse` when its process is alive, FailedError `LockNotReleased`
   */
  breakLock(id: string): Promise<void>;
  /** Keeps a copy beside the state; undefined: the store cannot. */
  readonly keepCopy?: ((name: string, bytes: Buffer) => Promise<string>) | undefined;
  /**
   * The newest of the earlier states that the store itself keeps; undefined: it keeps none.
   *
   * @throws FailedError `VersionsUnreadable`
   */
  readonly findEarlier?: ((wanted: WantedState) => Promise<FoundState | undefined>) | undefined;
  /** Which requests were executed; undefined: the store cannot keep that. */
  readonly claims?: Claims | undefined;
  /** What people leave for each other beside the state; undefined: the store cannot keep that. */
  readonly notes?: Notes | undefined;
  /** Ends its connections. */
  close(): void;
}

/** What the lock says about us, in Terraform's lock info. */
export interface LockRequest {
  /** A UUID. */
  readonly id: string;
  /** e.g. `tfrepair state rm` */
  readonly operation: string;
  /** e.g. `jdoe@laptop` */
  readonly who: string;
  readonly info: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

export interface HeldLock {
  readonly id: string;
  /** Gives it back; does nothing when it is not ours any more. @throws FailedError `LockNotReleased` */
  release(): Promise<void>;
}
