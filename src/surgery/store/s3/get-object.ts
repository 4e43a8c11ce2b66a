import { boundedBytes } from '../../../clients/aws/objects.js';
import { awsAnswer, isMissing } from './aws-answer.js';
import type { S3Connection } from './connection.js';

export interface StoredObject {
  readonly bytes: Buffer;
  /** As S3 writes it, with its quotes. */
  readonly etag: string;
}

export interface GetOptions {
  readonly maxBytes: number;
  /** Undefined: what has begun is done to its end. */
  readonly signal?: AbortSignal | undefined;
}

/** An object with what tells its versions apart; undefined when there is none. @throws Error of the SDK */
export async function getObject(
  { client, bucket }: S3Connection,
  key: string,
  { maxBytes, signal }: GetOptions,
): Promise<StoredObject | undefined> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const command = new GetObjectCommand({ Bucket: bucket, Key: key });
  try {
    const answer = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
    const bytes = await boundedBytes(answer.Body, answer.ContentLength ?? 0, maxBytes);
    if (answer.ETag === undefined) throw new Error('the answer has no ETag');
    return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), etag: answer.ETag };
  } catch (error) {
    const answer = awsAnswer(error);
    if (isMissing(answer) && answer.name !== 'NoSuchBucket') return undefined;
    throw error;
  }
}
