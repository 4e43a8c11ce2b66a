import type { Json, JsonObject } from '../../../json.js';
import type { BlockSink } from '../../model/document.js';
import { expectObject, expectText } from '../../model/expect.js';
import { truthy } from '../../model/python.js';
import { take } from '../../model/values.js';

/** Every account's config looks it up; see `configDocument`. */
const OWNER = '${data.aws_canonical_user_id.current.id}';

/**
 * Grants on the bucket that takes a distribution's logs: to its owner, to CloudFront's log delivery, and to the
 * account that `logging` may name. Gives the distribution's own `logging_config`.
 */
export function logDelivery(name: string, logging: Json, sink: BlockSink): JsonObject {
  const what = 'distribution_config.logging_config';
  const config = { ...expectObject(logging, what) };
  const externalAccount = take(config, 'external_account_id');
  const [bucket = ''] = expectText(config['bucket'], `${what}.bucket`).split('.');
  const delivery = sink.data('aws_cloudfront_log_delivery_canonical_user_id', name, {});
  const grantees = [
    ...[OWNER, delivery.ref('id')],
    ...(externalAccount === undefined || !truthy(externalAccount) ? [] : [externalAccount]),
  ];
  sink.resource('aws_s3_bucket_acl', name, {
    bucket,
    access_control_policy: {
      owner: { id: OWNER },
      grant: grantees.map((id) => ({ grantee: { id, type: 'CanonicalUser' }, permission: 'FULL_CONTROL' })),
    },
  });
  return config;
}
