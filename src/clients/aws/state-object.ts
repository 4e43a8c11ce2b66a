import { sdkCredentials, type AwsCredentials } from './credentials.js';
import { FailedError, messageOf } from '../../errors.js';
import { fipsIn } from './identity.js';

/** A state of 100,000 instances is some 200 MB. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The bytes of the state object; undefined when there is none yet.
 *
 * @throws FailedError `StateUnreadable`
 */
export async function readStateObject(
  location: { readonly bucket: string; readonly key: string; readonly region: string },
  credentials: AwsCredentials,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const { GetObjectCommand, NoSuchKey, S3Client } = await import('@aws-sdk/client-s3');
  const { bucket, key, region } = location;
  const client = new S3Client({
    region,
    credentials: sdkCredentials(credentials),
    // Path style is what a custom endpoint (a test server, a private S3) understands.
    forcePathStyle: true,
    ...fipsIn(region),
  });
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: signal,
    });
    if ((answer.ContentLength ?? 0) > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    return await answer.Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw new FailedError(
      'StateUnreadable',
      `cannot read the state s3://${bucket}/${key}: ${messageOf(error)}`,
      {
        hint: `check that ${credentials.source} may read that object`,
        cause: error,
      },
    );
  } finally {
    client.destroy();
  }
}
