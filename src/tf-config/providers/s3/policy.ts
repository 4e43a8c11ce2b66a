import type { Json } from '../../../json.js';
import type { BlockSink } from '../../model/document.js';
import type { RenderedBucket } from './bucket.js';

/** The policy of a bucket. */
export function bucketPolicy(
  name: string,
  policy: Json,
  { handle, provider }: Pick<RenderedBucket, 'handle' | 'provider'>,
  sink: BlockSink,
): void {
  sink.resource('aws_s3_bucket_policy', name, {
    bucket: name,
    policy,
    depends_on: [handle.dependency],
    ...provider,
  });
}
