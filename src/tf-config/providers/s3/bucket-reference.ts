import type { RenderContext } from '../../model/provider.js';

/** Providers whose specs make a bucket of their identifier. */
const BUCKET_PROVIDERS = ['s3', 's3-cloudfront', 's3-sqs'];

const ACCESS_LOGS = '-lb-access-logs';

/** A reference to an attribute of a bucket that may be another spec's. */
export function bucketReference(bucket: string, attribute: string): string {
  return `\${aws_s3_bucket.${bucket}.${attribute}}`;
}

/** Warns when no spec of the account makes the bucket that `what` refers to: Terraform will refuse the reference. */
export function warnOfUnknownBucket(
  bucket: string,
  what: string,
  context: Pick<RenderContext, 'find' | 'warn'>,
): void {
  const known =
    BUCKET_PROVIDERS.some((provider) => context.find(provider, bucket) !== undefined) ||
    (bucket.endsWith(ACCESS_LOGS) && context.find('alb', bucket.slice(0, -ACCESS_LOGS.length)) !== undefined);
  if (!known) context.warn(`${what} refers to the bucket "${bucket}", which no spec of this account makes`);
}
