import { S3Client } from '@aws-sdk/client-s3';

import { sdkCredentials, type Keys } from '../../../src/sandbox/aws/keys.js';

/** A client of the sandbox's S3. */
export function createS3(endpoint: string, keys: Keys): S3Client {
  const credentials = sdkCredentials(keys);
  return new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true, maxAttempts: 1 });
}
