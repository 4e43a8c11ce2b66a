import type { Json, JsonObject } from '../../../json.js';
import { providerFor, regionOf } from '../../model/account.js';
import { commonOutputs } from '../../model/common-outputs.js';
import type { BlockHandle } from '../../model/document.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import { outputPrefix, specTags, type Spec } from '../../model/spec.js';
import { valueOr } from '../../model/values.js';
import { bucketUser } from './bucket-user.js';
import { lifecycleRules } from './lifecycle.js';
import { bucketLogging } from './logging.js';
import { eventNotifications, knownQueueNotification } from './notifications.js';
import { bucketPolicy } from './policy.js';
import { replication } from './replication.js';

/** A bucket that has been rendered, for the providers that put something in front of it or behind it. */
export interface RenderedBucket {
  readonly handle: BlockHandle;
  readonly values: JsonObject;
  readonly region: string;
  /** The `provider` argument of what lies in the bucket's region. */
  readonly provider: { provider?: string };
}

const DEFAULT_ENCRYPTION: JsonObject = {
  rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
};

/**
 * The bucket of an s3, s3-cloudfront or s3-sqs spec with all that comes with it: encryption, lifecycle rules, logging,
 * replication, notifications, policy, and the IAM user that may use it.
 */
export function renderBucket(spec: Spec, context: RenderContext): RenderedBucket {
  commonOutputs(spec, context);
  const { identifier: name } = spec;
  const values = context.values();
  const region = regionOf(context.account, values['region']);
  const provider = providerFor(context.account, region);
  const logged = bucketLogging(name, values, context);
  const handle = context.resource('aws_s3_bucket', name, {
    bucket: name,
    tags: specTags(spec),
    ...bucketArguments(values),
    lifecycle: ignoredChanges(values, logged),
    ...replication(name, values, context),
    ...provider,
  });
  const prefix = outputPrefix(spec);
  context.output(`${prefix}__bucket`, name);
  context.output(`${prefix}__aws_region`, region);
  context.output(`${prefix}__endpoint`, `s3.${region}.amazonaws.com`);

  const bucket = { handle, values, region, provider };
  knownQueueNotification(bucket, context);
  eventNotifications(name, bucket, context);
  const policy = values['bucket_policy'];
  if (policy !== undefined && truthy(policy)) bucketPolicy(name, policy, bucket, context);
  bucketUser(spec, bucket, context);
  return bucket;
}

function bucketArguments(values: JsonObject): Record<string, Json | undefined> {
  const encryption = values['server_side_encryption_configuration'];
  return {
    versioning: { enabled: valueOr(values, 'versioning', true) },
    acl: values['acl'],
    server_side_encryption_configuration: truthy(encryption) ? encryption : DEFAULT_ENCRYPTION,
    website: whenTruthy(values['website']),
    request_payer: whenTruthy(values['request_payer']),
    lifecycle_rule: lifecycleRules(values),
    cors_rule: whenTruthy(values['cors_rules']),
  };
}

function whenTruthy(value: Json | undefined): Json | undefined {
  return truthy(value) ? value : undefined;
}

/** Grants (where no `acl` is given) and logging are set by resources of their own: changes in the bucket are not drift. */
function ignoredChanges(values: JsonObject, logged: boolean): JsonObject | undefined {
  const ignored = [...(values['acl'] === undefined ? ['grant'] : []), ...(logged ? ['logging'] : [])];
  return ignored.length === 0 ? undefined : { ignore_changes: ignored };
}
