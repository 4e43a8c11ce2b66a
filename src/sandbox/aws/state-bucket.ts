import { sdkCredentials, type Keys } from './keys.js';

/** Makes a bucket with versioning, as Terraform states are kept in. */
export async function createStateBucket(
  endpoint: string,
  keys: Keys,
  { bucket, region }: { readonly bucket: string; readonly region: string },
): Promise<void> {
  const { CreateBucketCommand, PutBucketVersioningCommand, S3Client } = await import('@aws-sdk/client-s3');
  const s3 = new S3Client({ endpoint, region, credentials: sdkCredentials(keys), forcePathStyle: true });
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ...constraint(region) }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
  } finally {
    s3.destroy();
  }
}

/** S3's first region is the one that must not be named. */
function constraint(region: string): object {
  return region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
}
