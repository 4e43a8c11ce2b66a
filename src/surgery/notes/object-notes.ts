import { awsFailure } from '../store/s3/aws-answer.js';
import type { S3Connection } from '../store/s3/connection.js';
import { getObject } from '../store/s3/get-object.js';
import { keepObject } from '../store/s3/keep-copy.js';
import type { ObjectSettings } from '../store/s3/object-settings.js';
import type { Notes } from './notes.js';

const MAX_NAMES = 200;

/** Notes as objects beside a state in S3. */
export class ObjectNotes implements Notes {
  readonly #folder: string;

  constructor(
    private readonly s3: S3Connection,
    stateKey: string,
    /** How the state is encrypted. */
    private readonly encryption: () => Promise<ObjectSettings>,
  ) {
    this.#folder = `${stateKey}.tfrepair/`;
  }

  async put(name: string, bytes: Buffer): Promise<string> {
    const settings = await this.encryption();
    return keepObject(this.s3, this.#folder + name, { bytes, settings });
  }

  async get(name: string, maxBytes: number): Promise<Buffer | undefined> {
    return this.#reading(this.#folder + name, async () => {
      const { signal } = this.s3;
      return (await getObject(this.s3, this.#folder + name, { maxBytes, signal }))?.bytes;
    });
  }

  async list(prefix: string): Promise<string[]> {
    const { client, bucket, signal } = this.s3;
    const start = this.#folder + prefix;
    return this.#reading(start, async () => {
      const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
      const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: start, MaxKeys: MAX_NAMES });
      const { Contents = [] } = await client.send(command, { abortSignal: signal });
      return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(this.#folder.length)]));
    });
  }

  async #reading<T>(key: string, action: () => Promise<T>): Promise<T> {
    const { bucket, signal, credentials } = this.s3;
    try {
      return await action();
    } catch (error) {
      signal.throwIfAborted();
      throw awsFailure('NoteUnreadable', `cannot read s3://${bucket}/${key}`, error, { credentials });
    }
  }
}
