import { Readable } from 'node:stream';

import type { S3Client } from '@aws-sdk/client-s3';

import { fipsIn } from './identity.js';
import { sdkCredentials, type AwsCredentials } from './credentials.js';

/** Where an object of S3 is. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/**
 * The bytes of an object; undefined when the bucket has none of that key.
 *
 * @param maxBytes larger objects are an error
 * @throws Error of the SDK
 */
export async function readObject(
  { bucket, key, region }: ObjectLocation,
  credentials: AwsCredentials,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal },
): Promise<Uint8Array | undefined> {
  const { GetObjectCommand, NoSuchKey } = await import('@aws-sdk/client-s3');
  const client = await s3Client(region, credentials);
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: signal,
    });
    return await boundedBytes(answer.Body, answer.ContentLength ?? 0, maxBytes);
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

/** When an object was written, in milliseconds since the epoch; undefined when there is none. @throws Error of the SDK */
export async function objectWrittenAt(
  { bucket, key, region }: ObjectLocation,
  credentials: AwsCredentials,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { HeadObjectCommand, NotFound } = await import('@aws-sdk/client-s3');
  const client = await s3Client(region, credentials);
  try {
    const answer = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: signal,
    });
    return answer.LastModified?.getTime();
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

async function s3Client(region: string, credentials: AwsCredentials): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    region,
    credentials: sdkCredentials(credentials),
    // Path style is what a custom endpoint (a test server, a private S3) understands.
    forcePathStyle: true,
    followRegionRedirects: true,
    ...fipsIn(region),
  });
}

/** The bytes of an answer. What is not read to its end is destroyed: else its error, once the client goes, has nobody to hear it. */
export async function boundedBytes(body: unknown, announced: number, maxBytes: number): Promise<Uint8Array> {
  if (!(body instanceof Readable)) throw new Error('the answer has no content');
  const tooLarge = new Error(`it is larger than ${maxBytes} bytes`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (announced > maxBytes) throw tooLarge;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    body.destroy();
  }
}
