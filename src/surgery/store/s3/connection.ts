import type { S3Client } from '@aws-sdk/client-s3';

import type { AwsCredentials } from '../../../clients/aws/credentials.js';
import { sdkCredentials } from '../../../clients/aws/credentials.js';
import { fipsIn } from '../../../clients/aws/identity.js';
import type { AwsPlace } from '../../../clients/aws/load-balancers.js';

/** A client that is kept for all requests of a store, and the bucket that they are for. */
export interface S3Connection {
  readonly client: S3Client;
  readonly bucket: string;
  readonly credentials: AwsCredentials;
  /** For what may be interrupted: reads. */
  readonly signal: AbortSignal;
}

/** Where a store is, and who asks. */
export interface StorePlace extends AwsPlace {
  /** Addresses of a server that stands in for AWS; default: what the environment and profiles say. */
  readonly standIn?: { readonly s3: string; readonly dynamodb: string };
}

/** Milliseconds. A write is not interrupted, so they bound how long one can take. */
export interface Patience {
  readonly connect: number;
  /** Without a byte in either direction. */
  readonly idle: number;
}

export const PATIENCE: Patience = { connect: 10_000, idle: 60_000 };

/** Attempts that the SDK makes of a request before it gives up. */
const ATTEMPTS = 3;

export async function connectS3(
  bucket: string,
  { region, credentials, signal, standIn }: StorePlace,
  { connect, idle }: Patience,
): Promise<S3Connection> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    region,
    credentials: sdkCredentials(credentials),
    // Path style is what a custom endpoint (a test server, a private S3) understands.
    forcePathStyle: true,
    followRegionRedirects: true,
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: connect, socketTimeout: idle },
    ...(standIn === undefined ? fipsIn(region) : { endpoint: standIn.s3 }),
  });
  return { client, bucket, credentials, signal };
}
