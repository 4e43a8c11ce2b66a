import { parseLockInfo, MAX_LOCK_BYTES, type LockInfo } from '../../terraform/lock/lock-info.js';
import { awsAnswer, awsFailure, isConditionFailed, isMissing } from '../store/s3/aws-answer.js';
import type { S3Connection } from '../store/s3/connection.js';
import { getObject } from '../store/s3/get-object.js';
import { encryptionOfObject } from '../store/s3/object-settings.js';
import { putObject } from '../store/s3/put-object.js';
import type { LockRequest } from '../store/store.js';
import { lockDocument } from './lock-document.js';
import { stateLocked } from './lock-errors.js';
import type { Lock } from './lock.js';

/** The object beside a state that terraform makes with `use_lockfile`: whoever creates it has the lock. */
export class ObjectLock implements Lock {
  readonly label: string;
  readonly #key: string;

  constructor(
    private readonly s3: S3Connection,
    private readonly stateKey: string,
  ) {
    this.#key = `${stateKey}.tflock`;
    this.label = `s3://${s3.bucket}/${this.#key}`;
  }

  async take(request: LockRequest): Promise<void> {
    const { s3, stateKey } = this;
    const bytes = Buffer.from(lockDocument(request, `${s3.bucket}/${stateKey}`));
    const settings = { ContentType: 'application/json' };
    try {
      const encryption = await encryptionOfObject(s3, stateKey);
      s3.signal.throwIfAborted();
      const condition = { IfNoneMatch: '*' } as const;
      await putObject(s3, { key: this.#key, bytes, settings: { ...settings, ...encryption }, condition });
    } catch (error) {
      s3.signal.throwIfAborted();
      await this.#unlessOurs(request.id, error);
    }
  }

  async current(): Promise<LockInfo | undefined> {
    return (await this.#read())?.info;
  }

  async release(id: string): Promise<boolean> {
    const held = await this.#read();
    if (held?.info.id !== id) return false;
    const { client, bucket, credentials } = this.s3;
    const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
    try {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: this.#key }));
      return true;
    } catch (error) {
      throw awsFailure('LockNotReleased', `cannot remove the lock ${this.label}`, error, {
        ...{ credentials, hint: 'tfrepair state unlock removes it' },
      });
    }
  }

  /** An answer that was lost, or a repeated request, can mean that we have it all the same. */
  async #unlessOurs(id: string, error: unknown): Promise<void> {
    const held = await this.current().catch(() => undefined);
    if (held?.id === id) return;
    const { bucket, credentials } = this.s3;
    if (isConditionFailed(awsAnswer(error))) throw stateLocked(`s3://${bucket}/${this.stateKey}`, held);
    throw awsFailure('LockFailed', `cannot make the lock ${this.label}`, error, { credentials });
  }

  async #read(): Promise<{ info: LockInfo; etag: string } | undefined> {
    let object: Awaited<ReturnType<typeof getObject>>;
    try {
      object = await getObject(this.s3, this.#key, { maxBytes: MAX_LOCK_BYTES });
    } catch (error) {
      if (isMissing(awsAnswer(error))) return undefined;
      const { credentials } = this.s3;
      throw awsFailure('LockUnreadable', `cannot read the lock ${this.label}`, error, { credentials });
    }
    return object && { info: parseLockInfo(object.bytes.toString('utf8'), this.label), etag: object.etag };
  }
}
