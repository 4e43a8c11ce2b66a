import type { LockInfo } from '../../../src/terraform/lock/lock-info.js';
import { alreadyExecuted, type Claims } from '../../../src/surgery/claim/claim.js';
import { RefusedError } from '../../../src/errors.js';
import { stateChanged } from '../../../src/surgery/store/state-changed.js';
import type { HeldLock, LockRequest, StateStore, StoredState } from '../../../src/surgery/store/store.js';
import { storedState } from '../../../src/surgery/store/stored-state.js';

/** What a store is asked to do. */
export type Call = 'read' | 'probe' | 'swap' | 'settle' | 'lock' | 'release' | 'copy' | 'claim' | 'unclaim';

/** Told each call, with its number, before it is done and after it: what it throws is what the caller gets. */
export type Trouble = (call: Call, when: 'before' | 'after', number: number) => void;

/** What a store throws that fails. */
export class Broken extends Error {}

/** A state in memory. */
export class MemoryStore implements StateStore {
  readonly location = { type: 's3', bucket: 'states', key: 'acme.tfstate', region: 'us-east-1' } as const;
  readonly label = 's3://states/acme.tfstate';
  trouble: Trouble = () => undefined;
  /** Successful writes. */
  writes = 0;
  held: LockRequest | undefined;
  readonly copies = new Map<string, Buffer>();
  /** Who has executed which request. */
  readonly claimed = new Map<string, string>();
  readonly claims: Claims = {
    take: ({ digest, attempt }) =>
      this.#call('claim', () => {
        if (this.claimed.has(digest)) throw alreadyExecuted(digest, this.label, undefined);
        this.claimed.set(digest, attempt);
      }),
    giveBack: (digest, attempts) =>
      this.#call('unclaim', () => {
        if (attempts.includes(this.claimed.get(digest) ?? '')) this.claimed.delete(digest);
      }),
  };
  #number = 0;

  constructor(public bytes: Buffer) {}

  read(): Promise<StoredState> {
    return this.#call('read', () => storedState(this.bytes, `"${this.writes}"`, this.label));
  }

  probe(): Promise<void> {
    return this.#call('probe', () => undefined);
  }

  compareAndSwap(base: StoredState, bytes: Buffer): Promise<StoredState> {
    return this.#call('swap', () => {
      if (!base.bytes.equals(this.bytes)) throw stateChanged(this.label);
      this.overwrite(bytes);
      return storedState(bytes, `"${this.writes}"`, this.label);
    });
  }

  /** As somebody else would. */
  overwrite(bytes: Buffer): void {
    this.bytes = bytes;
    this.writes += 1;
  }

  holds({ sha256 }: StoredState, post: { readonly sha256: string }): boolean {
    return sha256 === post.sha256;
  }

  settle(): Promise<void> {
    return this.#call('settle', () => undefined);
  }

  lock(request: LockRequest): Promise<HeldLock> {
    return this.#call('lock', () => {
      if (this.held !== undefined) throw new RefusedError('StateLocked', `${this.label} is locked`);
      this.held = request;
      return {
        id: request.id,
        release: () =>
          this.#call('release', () => {
            this.#letGo(request.id);
          }),
      };
    });
  }

  currentLock(): Promise<LockInfo | undefined> {
    if (this.held === undefined) return Promise.resolve(undefined);
    const { id, operation, who, created } = this.held;
    return Promise.resolve({ id, operation, who, created, version: 'tfrepair', path: undefined });
  }

  breakLock(id: string): Promise<void> {
    this.#letGo(id);
    return Promise.resolve();
  }

  keepCopy(name: string, bytes: Buffer): Promise<string> {
    return this.#call('copy', () => {
      this.copies.set(name, bytes);
      return name;
    });
  }

  close(): void {
    // Nothing is open.
  }

  #letGo(id: string): void {
    if (this.held?.id === id) this.held = undefined;
  }

  async #call<T>(call: Call, action: () => T): Promise<T> {
    const number = (this.#number += 1);
    await Promise.resolve();
    this.trouble(call, 'before', number);
    const result = action();
    this.trouble(call, 'after', number);
    return result;
  }
}
