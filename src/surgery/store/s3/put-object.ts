import { createHash } from 'node:crypto';

import type { S3Connection } from './connection.js';
import type { ObjectSettings } from './object-settings.js';

export interface ConditionalPut {
  readonly key: string;
  readonly bytes: Buffer;
  readonly settings: ObjectSettings;
  /** No object is ever written without one. */
  readonly condition: { readonly IfMatch: string } | { readonly IfNoneMatch: '*' };
}

/** What tells an object's versions apart. */
export interface ObjectVersion {
  /** As S3 writes it, with its quotes. */
  readonly etag: string;
  /** undefined: the bucket keeps none. */
  readonly versionId: string | undefined;
}

/**
 * Writes an object under a condition, with a checksum that S3 verifies. Not interruptible: an interrupted write is one of
 * which nobody knows whether it happened.
 *
 * @throws Error of the SDK
 */
export async function putObject(
  { client, bucket }: S3Connection,
  { key, bytes, settings, condition }: ConditionalPut,
): Promise<ObjectVersion> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const ChecksumSHA256 = createHash('sha256').update(bytes).digest('base64');
  const what = { Bucket: bucket, Key: key, Body: bytes, ChecksumSHA256 };
  const { ETag, VersionId } = await client.send(new PutObjectCommand({ ...settings, ...what, ...condition }));
  if (ETag === undefined) throw new Error('the answer to a write has no ETag');
  return { etag: ETag, versionId: VersionId };
}
