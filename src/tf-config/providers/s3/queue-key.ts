import type { RenderAccount } from '../../model/account.js';
import type { BlockHandle } from '../../model/document.js';
import type { RenderContext } from '../../model/provider.js';
import { pythonJson, pythonText } from '../../model/python.js';
import { valueOr } from '../../model/values.js';
import type { RenderedBucket } from './bucket.js';

/** The KMS key that encrypts a bucket's queue, and the key's alias. */
export function queueKey(
  name: string,
  queue: string,
  { values, provider }: Pick<RenderedBucket, 'values' | 'provider'>,
  context: RenderContext,
): BlockHandle {
  const upper = (what: string, fallback: string): string =>
    pythonText(valueOr(values, what, fallback)).toUpperCase();
  const key = context.resource('aws_kms_key', name, {
    // Without a space, as the reconcile loop writes it.
    description: `app-interface created KMS key for${queue}`,
    key_usage: upper('key_usage', 'ENCRYPT_DECRYPT'),
    customer_master_key_spec: upper('customer_master_key_spec', 'SYMMETRIC_DEFAULT'),
    is_enabled: valueOr(values, 'is_enabled', true),
    policy: keyPolicy(context.account),
    ...provider,
  });
  context.resource('aws_kms_alias', name, {
    name: `alias/${name}`,
    target_key_id: key.ref('key_id'),
    ...provider,
  });
  return key;
}

/** The account rules the key; S3 may encrypt with it what it sends to the queue. */
function keyPolicy({ partition, uid }: RenderAccount): string {
  return pythonJson(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:${partition}:iam::${uid}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
          Resource: '*',
        },
      ],
    },
    { sortKeys: true },
  );
}
