import type { Claims } from '../../claim/claim.js';
import { ObjectClaims } from '../../claim/object-claims.js';
import type { Notes } from '../../notes/notes.js';
import { ObjectNotes } from '../../notes/object-notes.js';
import type { LockInfo } from '../../../terraform/lock/lock-info.js';
import type { S3Backend } from '../../../terraform/root.js';
import { ItemLock } from '../../lock/item-lock.js';
import { breakAll, lockAll } from '../../lock/lock-all.js';
import type { Lock } from '../../lock/lock.js';
import { ObjectLock } from '../../lock/object-lock.js';
import type { RequestedState } from '../../request/request.js';
import { stateChanged } from '../state-changed.js';
import type {
  HeldLock,
  LockRequest,
  StateStore,
  StoredState,
  WantedState,
  WrittenState,
  FoundState,
} from '../store.js';
import { MAX_STATE_BYTES, storedState } from '../stored-state.js';
import { awsAnswer, awsFailure, isConditionFailed, isMissing } from './aws-answer.js';
import { connectS3, PATIENCE, type S3Connection, type StorePlace } from './connection.js';
import { digestOf, readDigest, replaceDigest, requireDigest } from './digest.js';
import { getObject } from './get-object.js';
import { keepObject } from './keep-copy.js';
import { connectLockTable, type LockTable } from './lock-table.js';
import { encryptionOfObject, objectSettings, type ObjectSettings } from './object-settings.js';
import { findVersion } from './object-versions.js';
import { probeConditions } from './probe.js';
import { swapObject } from './swap-object.js';
import { verifyWrite } from './verify-write.js';

/** @param patience how long to wait for AWS */
export async function openS3StateStore(
  backend: S3Backend,
  place: StorePlace,
  patience = PATIENCE,
): Promise<StateStore> {
  const { bucket, key, dynamodbTable: table } = backend;
  const s3 = await connectS3(bucket, place, patience);
  if (table === undefined) return new S3StateStore(backend, s3, undefined);
  const locks = await connectLockTable({ table, id: `${bucket}/${key}` }, place, patience);
  return new S3StateStore(backend, s3, locks);
}

/** A state in S3, written only where it still has the ETag of its base. */
class S3StateStore implements StateStore {
  readonly location: RequestedState;
  readonly label: string;
  readonly claims: Claims;
  readonly notes: Notes;
  readonly #key: string;
  readonly #locks: readonly Lock[];

  constructor(
    { bucket, key, region, useLockfile }: S3Backend,
    private readonly s3: S3Connection,
    private readonly table: LockTable | undefined,
  ) {
    this.location = { type: 's3', bucket, key, region };
    this.label = `s3://${bucket}/${key}`;
    this.#key = key;
    this.claims = new ObjectClaims(s3, key, () => this.#encryption());
    this.notes = new ObjectNotes(s3, key, () => this.#encryption());
    // Without any lock configured terraform takes none, and looks at none: the object then keeps other tfrepairs apart, and
    // If-Match alone protects from terraform.
    const usesObject = useLockfile === true || table === undefined;
    this.#locks = [
      ...(usesObject ? [new ObjectLock(s3, key)] : []),
      ...(table === undefined ? [] : [new ItemLock(table)]),
    ];
  }

  async read(): Promise<StoredState | undefined> {
    const { signal, credentials } = this.s3;
    let object: Awaited<ReturnType<typeof getObject>>;
    try {
      object = await getObject(this.s3, this.#key, { maxBytes: MAX_STATE_BYTES, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw awsFailure('StateUnreadable', `cannot read the state ${this.label}`, error, { credentials });
    }
    return object && storedState(object.bytes, object.etag, this.label);
  }

  async probe(): Promise<void> {
    await probeConditions(this.s3, this.#key, await this.#encryption());
  }

  async compareAndSwap(base: StoredState, bytes: Buffer): Promise<WrittenState> {
    const settings = await this.#settings(base);
    if (this.table !== undefined) await requireDigest(this.table, base.bytes);
    this.s3.signal.throwIfAborted();
    const { etag, versionId } = await swapObject(this.s3, {
      key: this.#key,
      from: base.versionToken,
      bytes,
      settings,
    });
    if (this.table !== undefined) {
      await replaceDigest(this.table, digestOf(base.bytes), digestOf(bytes));
    }
    return verifyWrite(this.s3, this.#key, storedState(bytes, etag, this.label), versionId);
  }

  holds({ sha256 }: StoredState, post: { readonly sha256: string }): boolean {
    return sha256 === post.sha256;
  }

  async settle({ bytes }: StoredState): Promise<void> {
    if (this.table === undefined) return;
    const [found, wanted] = [await readDigest(this.table), digestOf(bytes)];
    if (found !== wanted) await replaceDigest(this.table, found, wanted);
  }

  lock(request: LockRequest): Promise<HeldLock> {
    return lockAll(this.#locks, request);
  }

  async currentLock(): Promise<LockInfo | undefined> {
    for (const lock of this.#locks) {
      const held = await lock.current();
      if (held !== undefined) return held;
    }
    return undefined;
  }

  breakLock(id: string): Promise<void> {
    return breakAll(this.#locks, id);
  }

  async keepCopy(name: string, bytes: Buffer): Promise<string> {
    return keepObject(this.s3, `${this.#key}.${name}`, { bytes, settings: await this.#encryption() });
  }

  findEarlier(wanted: WantedState): Promise<FoundState | undefined> {
    return findVersion(this.s3, this.#key, wanted);
  }

  close(): void {
    this.s3.client.destroy();
    this.table?.client.destroy();
  }

  async #settings(base: StoredState): Promise<ObjectSettings> {
    const { signal, credentials } = this.s3;
    try {
      return await objectSettings(this.s3, this.#key, base.versionToken);
    } catch (error) {
      signal.throwIfAborted();
      const answer = awsAnswer(error);
      if (isConditionFailed(answer) || isMissing(answer)) throw stateChanged(this.label);
      throw awsFailure('StateUnreadable', `cannot read the settings of ${this.label}`, error, {
        credentials,
      });
    }
  }

  async #encryption(): Promise<ObjectSettings> {
    const { signal, credentials } = this.s3;
    try {
      return await encryptionOfObject(this.s3, this.#key);
    } catch (error) {
      signal.throwIfAborted();
      throw awsFailure('StateUnreadable', `cannot read the settings of ${this.label}`, error, {
        credentials,
      });
    }
  }
}
