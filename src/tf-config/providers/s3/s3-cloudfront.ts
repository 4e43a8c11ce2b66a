import type { JsonObject } from '../../../json.js';
import { defineProvider, field } from '../../model/define-provider.js';
import type { BlockHandle } from '../../model/document.js';
import { expectList, expectObject } from '../../model/expect.js';
import { pythonJson, pythonText } from '../../model/python.js';
import { outputPrefix, specTags } from '../../model/spec.js';
import { valueOr } from '../../model/values.js';
import { renderBucket } from './bucket.js';
import { logDelivery } from './log-delivery.js';
import { bucketPolicy } from './policy.js';

/** An S3 bucket behind a CloudFront distribution, which reads it as an identity of its own. */
export const s3Cloudfront = defineProvider({
  provider: 's3-cloudfront',
  graphqlType: 'NamespaceTerraformResourceS3CloudFront_v1',
  selection: 'region defaults storage_class',
  fields: { region: field.text, defaults: field.text, storage_class: field.text },

  render(spec, context) {
    const { identifier: name } = spec;
    const bucket = renderBucket(spec, context);
    const identity = context.resource('aws_cloudfront_origin_access_identity', name, {
      comment: `${name}-cf-identity`,
    });
    bucketPolicy(name, readPolicy(name, identity, bucket.values), bucket, context);
    const originAccess = `origin-access-identity/cloudfront/${identity.ref('id')}`;
    const config = expectObject(valueOr(bucket.values, 'distribution_config', {}), 'distribution_config');
    const { logging_config: logging } = config;
    if (logging !== undefined) config['logging_config'] = logDelivery(name, logging, context);
    const origin = { domainName: bucket.handle.ref('bucket_domain_name'), originAccess };
    const distribution = context.resource('aws_cloudfront_distribution', name, {
      ...config,
      tags: specTags(spec),
      ...behaviorAndOrigin(config, origin),
    });

    const prefix = outputPrefix(spec);
    context.output(`${prefix}__cloud_front_origin_access_identity_id`, identity.ref('id'));
    context.output(`${prefix}__s3_canonical_user_id`, identity.ref('s3_canonical_user_id'));
    context.output(`${prefix}__distribution_domain`, distribution.refOrOwn('domain_name'));
    context.output(`${prefix}__origin_access_identity`, originAccess);
  },
});

/** Lets the distribution read the objects of some directories: of none, unless the values name them. */
function readPolicy(bucket: string, identity: BlockHandle, values: JsonObject): string {
  const directories = expectList(valueOr(values, 'get_object_enable_dirs', []), 'get_object_enable_dirs');
  return pythonJson(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Grant access to CloudFront Origin Identity',
          Effect: 'Allow',
          Principal: { AWS: identity.ref('iam_arn') },
          Action: 's3:GetObject',
          Resource: directories.map((directory) => `arn:aws:s3:::${bucket}/${pythonText(directory)}/*`),
        },
      ],
    },
    { sortKeys: true },
  );
}

/** The distribution's default behaviour, and the one origin that it names: the bucket. */
function behaviorAndOrigin(
  config: JsonObject,
  from: { domainName: string; originAccess: string },
): { default_cache_behavior: JsonObject; origin: JsonObject[] } {
  const given = expectObject(
    valueOr(config, 'default_cache_behavior', {}),
    'distribution_config.default_cache_behavior',
  );
  const target = valueOr(given, 'target_origin_id', 'default');
  return {
    default_cache_behavior: { ...given, target_origin_id: target },
    origin: [
      {
        domain_name: from.domainName,
        origin_id: target,
        s3_origin_config: { origin_access_identity: from.originAccess },
      },
    ],
  };
}
