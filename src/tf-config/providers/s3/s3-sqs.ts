import type { JsonObject } from '../../../json.js';
import { defineProvider, field } from '../../model/define-provider.js';
import type { BlockHandle } from '../../model/document.js';
import { iamUserWithKey } from '../../model/iam-user.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonInt, pythonJson, truthy } from '../../model/python.js';
import { queuePolicy } from '../../model/queue-policy.js';
import { outputPrefix } from '../../model/spec.js';
import { valueOr } from '../../model/values.js';
import { renderBucket, type RenderedBucket } from './bucket.js';
import { notifyQueue } from './notifications.js';
import { queueKey } from './queue-key.js';

/** An S3 bucket, the SQS queue that hears of its objects, and an IAM user for each. */
export const s3Sqs = defineProvider({
  provider: 's3-sqs',
  graphqlType: 'NamespaceTerraformResourceS3SQS_v1',
  selection: 'region defaults kms_encryption storage_class',
  fields: {
    region: field.text,
    defaults: field.text,
    kms_encryption: field.flag,
    storage_class: field.text,
  },

  render(spec, context) {
    const bucket = renderBucket(spec, context);
    const { uid } = context.account;
    const name = `${spec.identifier}-sqs`;
    const prefix = outputPrefix(spec);
    const key = truthy(bucket.values['kms_encryption'])
      ? queueKey(`${spec.identifier}-kms`, name, bucket, context)
      : undefined;
    const queue = renderQueue(name, key, bucket, context);
    notifyQueue({ name, arn: queue.ref('arn') }, bucket, context);
    const user = iamUserWithKey(context, { name, outputPrefix: prefix, keyPrefix: 'sqs_' });
    const kmsKeys = key === undefined ? [] : [key.ref('arn')];
    queuePolicy({ name, user, userName: name, queues: [name], kmsKeys }, context.account, context);
    context.output(`${prefix}__${name}`, `https://sqs.${bucket.region}.amazonaws.com/${uid}/${name}`);
  },
});

function renderQueue(
  name: string,
  key: BlockHandle | undefined,
  { handle, values, provider }: RenderedBucket,
  context: RenderContext,
): BlockHandle {
  const seconds = (what: string, fallback: number): number =>
    pythonInt(valueOr(values, what, fallback), what);
  return context.resource('aws_sqs_queue', name, {
    name,
    visibility_timeout_seconds: seconds('visibility_timeout_seconds', 30),
    message_retention_seconds: seconds('message_retention_seconds', 345_600),
    policy: pythonJson(sendPolicy(name, handle, context.account.partition), { sortKeys: true }),
    kms_master_key_id: key?.ref('arn'),
    depends_on: key === undefined ? undefined : [key.dependency],
    ...provider,
  });
}

/** Lets the bucket, and nobody else, put messages into the queue. */
function sendPolicy(queue: string, bucket: BlockHandle, partition: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: `arn:${partition}:sqs:*:*:${queue}`,
        Condition: { ArnEquals: { 'aws:SourceArn': bucket.ref('arn') } },
      },
    ],
  };
}
