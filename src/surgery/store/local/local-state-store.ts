import { open, realpath, rm, stat } from 'node:fs/promises';

import { readBounded } from '../../../bounded-file.js';
import { FailedError, messageOf, RefusedError, systemCodeOf, TfrepairError } from '../../../errors.js';
import { readLocalLock } from '../../../terraform/lock/local-lock.js';
import type { Claims } from '../../claim/claim.js';
import { FileClaims } from '../../claim/file-claims.js';
import { FileNotes } from '../../notes/file-notes.js';
import type { Notes } from '../../notes/notes.js';
import type { LockInfo } from '../../../terraform/lock/lock-info.js';
import { openFileLocks, type FileLocks } from '../../lock/file-locks.js';
import { breakLocalLock, takeLocalLock, type LocalLock } from '../../lock/local-lock.js';
import type { RequestedState } from '../../request/request.js';
import { stateChanged } from '../state-changed.js';
import type { HeldLock, LockRequest, StateStore, StoredState } from '../store.js';
import { MAX_STATE_BYTES, sha256Of, storedState } from '../stored-state.js';
import { newFileOf, replaceFile } from './replace-file.js';

/**
 * A state in a file. It is written only under terraform's own lock, and as a whole; who takes no lock (an editor, `cp`) can
 * still come between the last look and the write, which no file system prevents.
 *
 * @param path absolute
 */
export function openLocalStateStore(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): StateStore {
  return new LocalStateStore(path, () => openFileLocks(env));
}

class LocalStateStore implements StateStore {
  readonly location: RequestedState;
  readonly label: string;
  readonly claims: Claims;
  readonly notes: Notes;
  #lock: LocalLock | undefined;

  constructor(
    private readonly path: string,
    private readonly openLocks: () => Promise<FileLocks>,
  ) {
    this.location = { type: 'local', path };
    this.label = path;
    this.claims = new FileClaims(path);
    this.notes = new FileNotes(path);
  }

  async read(): Promise<StoredState | undefined> {
    const bytes = await this.#bytes();
    // Terraform makes an empty file of a state that it locks before it is written for the first time.
    if (bytes === undefined || bytes.length === 0) return undefined;
    return storedState(bytes, sha256Of(bytes), this.label);
  }

  async probe(): Promise<void> {
    await (await this.openLocks()).release();
  }

  async compareAndSwap(base: StoredState, bytes: Buffer): Promise<StoredState> {
    const lock = this.#lock;
    if (lock === undefined) throw new RefusedError('StateNotLocked', `${this.label} is not locked by us`);
    const requireBase = async (): Promise<void> => {
      const now = await this.#bytes();
      if (now === undefined || sha256Of(now) !== base.sha256) throw stateChanged(this.label);
    };
    await requireBase();
    try {
      await replaceFile(this.path, bytes, async (newFile) => {
        await lock.extend(newFile);
        await requireBase();
      });
    } catch (error) {
      if (error instanceof TfrepairError) throw error;
      throw writeFailed(this.label, error);
    }
    return this.#verified(bytes);
  }

  holds({ sha256 }: StoredState, post: { readonly sha256: string }): boolean {
    return sha256 === post.sha256;
  }

  async settle(): Promise<void> {
    if (this.#lock !== undefined) await this.#removeNewFile();
  }

  async lock(request: LockRequest): Promise<HeldLock> {
    const lock = await takeLocalLock(this.path, request, this.openLocks);
    this.#lock = lock;
    await this.#removeNewFile();
    return {
      id: request.id,
      release: () => {
        this.#lock = undefined;
        return lock.release();
      },
    };
  }

  currentLock(): Promise<LockInfo | undefined> {
    return readLocalLock(this.path);
  }

  breakLock(id: string): Promise<void> {
    return breakLocalLock(this.path, id, this.openLocks);
  }

  async keepCopy(name: string, bytes: Buffer): Promise<string> {
    const copy = `${this.path}.${name}`;
    try {
      const file = await open(copy, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      if ((await readBounded(copy, MAX_STATE_BYTES)).equals(bytes)) return copy;
      throw new Error('what is read back is not what was written');
    } catch (error) {
      throw new FailedError('CopyFailed', `cannot keep a copy in ${copy}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  close(): void {
    // It keeps no connection.
  }

  async #bytes(): Promise<Buffer | undefined> {
    try {
      if (!(await stat(this.path)).isFile()) throw new Error('it is not a file');
      return await readBounded(this.path, MAX_STATE_BYTES);
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return undefined;
      throw new FailedError('StateUnreadable', `cannot read the state ${this.label}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  async #verified(bytes: Buffer): Promise<StoredState> {
    const now = await this.read();
    if (now?.bytes.equals(bytes) === true) return now;
    throw new FailedError(
      'StateNotVerified',
      `what is read back from ${this.label} is not what was written`,
      {
        hint: 'compare the backup with the state as it is now before anybody runs terraform again',
      },
    );
  }

  /** What a write that was killed has left: it may hold secrets. */
  async #removeNewFile(): Promise<void> {
    await rm(newFileOf(await realpath(this.path)), { force: true });
  }
}

function writeFailed(label: string, error: unknown): FailedError {
  return new FailedError('StateWriteFailed', `cannot write the state ${label}: ${messageOf(error)}`, {
    hint: 'tfrepair state resume looks whether it is as before',
    cause: error,
  });
}
