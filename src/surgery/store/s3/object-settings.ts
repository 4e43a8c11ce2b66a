import type { HeadObjectCommandOutput, PutObjectCommandInput } from '@aws-sdk/client-s3';

import { awsAnswer } from './aws-answer.js';
import type { S3Connection } from './connection.js';

/** How an object is encrypted. */
export type Encryption = Pick<
  PutObjectCommandInput,
  'ServerSideEncryption' | 'SSEKMSKeyId' | 'BucketKeyEnabled'
>;

/** What an object has besides its content, as it has to be given again with every write. */
export type ObjectSettings = Encryption &
  Pick<
    PutObjectCommandInput,
    | 'ContentType'
    | 'ContentEncoding'
    | 'ContentLanguage'
    | 'ContentDisposition'
    | 'CacheControl'
    | 'Metadata'
    | 'StorageClass'
    | 'WebsiteRedirectLocation'
    | 'Tagging'
  >;

/**
 * The settings of an object that has to have this ETag. Access lists are not among them: S3 gives every new object the
 * bucket's, and says so of its own writes.
 *
 * @throws Error of the SDK, 412 when the object is another, 404 when it is gone
 */
export async function objectSettings(
  { client, bucket, signal }: S3Connection,
  key: string,
  etag: string,
): Promise<ObjectSettings> {
  const { GetObjectTaggingCommand, HeadObjectCommand } = await import('@aws-sdk/client-s3');
  const abort = { abortSignal: signal };
  const object = { Bucket: bucket, Key: key };
  const [head, tags] = await Promise.all([
    client.send(new HeadObjectCommand({ ...object, IfMatch: etag }), abort),
    client.send(new GetObjectTaggingCommand(object), abort).catch(noTags),
  ]);
  const { ContentType, ContentEncoding, ContentLanguage, ContentDisposition, CacheControl } = head;
  const { Metadata, StorageClass, WebsiteRedirectLocation } = head;
  const pairs = (tags.TagSet ?? []).map(({ Key: name = '', Value: value = '' }) => [name, value] as const);
  return {
    ...{ ...encryptionOf(head), ContentType, ContentEncoding, ContentLanguage, ContentDisposition },
    ...{ CacheControl, Metadata, StorageClass, WebsiteRedirectLocation },
    Tagging: pairs.length === 0 ? undefined : new URLSearchParams(Object.fromEntries(pairs)).toString(),
  };
}

/** How an object is encrypted; empty when there is no such object. @throws Error of the SDK */
export async function encryptionOfObject(
  { client, bucket, signal }: S3Connection,
  key: string,
): Promise<Encryption> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  try {
    const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
    return encryptionOf(await client.send(command, { abortSignal: signal }));
  } catch (error) {
    if (awsAnswer(error).status === 404) return {};
    throw error;
  }
}

function encryptionOf({
  ServerSideEncryption,
  SSEKMSKeyId,
  BucketKeyEnabled,
}: HeadObjectCommandOutput): Encryption {
  return { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled };
}

/** Whoever may not read tags cannot keep them; terraform itself never does. */
function noTags(error: unknown): { TagSet?: never } {
  const { status } = awsAnswer(error);
  if (status === 403 || status === 404 || status === 405 || status === 501) return {};
  throw error;
}
