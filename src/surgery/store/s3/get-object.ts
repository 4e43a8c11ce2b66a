import { boundedBytes } from '../../../clients/aws/objects.js';
import { awsAnswer, isMissing } from './aws-answer.js';
import type { S3Connection } from './connection.js';
import type { ObjectVersion } from './put-object.js';

export interface StoredObject extends ObjectVersion {
  readonly bytes: Buffer;
}

export interface GetOptions {
  readonly maxBytes: number;
  /** Undefined: what has begun is done to its end. */
  readonly signal?: AbortSignal | undefined;
  /** Undefined: the current one. */
  readonly versionId?: string;
  /** Undefined: all of it. */
  readonly firstBytes?: number;
}

/** An object with what tells its versions apart; undefined when there is none. @throws Error of the SDK */
export async function getObject(
  { client, bucket }: S3Connection,
  key: string,
  { maxBytes, signal, versionId, firstBytes }: GetOptions,
): Promise<StoredObject | undefined> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const command = new GetObjectCommand({
    ...{ Bucket: bucket, Key: key, VersionId: versionId },
    Range: firstBytes === undefined ? undefined : `bytes=0-${firstBytes - 1}`,
  });
  try {
    const answer = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
    const bytes = await boundedBytes(answer.Body, answer.ContentLength ?? 0, maxBytes);
    if (answer.ETag === undefined) throw new Error('the answer has no ETag');
    return {
      ...{ etag: answer.ETag, versionId: answer.VersionId },
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    };
  } catch (error) {
    const answer = awsAnswer(error);
    if (isMissing(answer) && answer.name !== 'NoSuchBucket') return undefined;
    throw error;
  }
}
