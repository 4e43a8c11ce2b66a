import type { JsonObject } from '../../../json.js';
import { expectObject, expectText } from '../../model/expect.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import { valueOr } from '../../model/values.js';
import { bucketReference, warnOfUnknownBucket } from './bucket-reference.js';

/** Where a bucket's access logs go (`s3_bucket_logging`); returns whether they go anywhere. */
export function bucketLogging(name: string, values: JsonObject, context: RenderContext): boolean {
  if (!truthy(values['s3_bucket_logging'])) return false;
  const logging = expectObject(values['s3_bucket_logging'], 's3_bucket_logging');
  const what = 's3_bucket_logging.target_bucket_name';
  const target = expectText(logging['target_bucket_name'], what);
  warnOfUnknownBucket(target, what, context);
  context.resource('aws_s3_bucket_logging', `${name}-logging`, {
    bucket: bucketReference(name, 'id'),
    target_bucket: bucketReference(target, 'id'),
    target_prefix: valueOr(logging, 'target_prefix', ''),
  });
  return true;
}
