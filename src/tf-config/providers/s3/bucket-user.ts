import { iamUserWithPolicy } from '../../model/iam-user.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import { outputPrefix, specTags, type Spec } from '../../model/spec.js';
import type { RenderedBucket } from './bucket.js';

/** The IAM user that may use a bucket and its objects. */
export function bucketUser(
  spec: Spec,
  { handle, values }: Pick<RenderedBucket, 'handle' | 'values'>,
  context: RenderContext,
): void {
  const objectActions = [
    's3:*Object*',
    ...(values['acl'] === 'public-read' ? ['s3:PutObjectAcl'] : []),
    ...(truthy(values['allow_object_tagging']) ? ['s3:*ObjectTagging'] : []),
  ];
  iamUserWithPolicy(context, {
    name: spec.identifier,
    tags: specTags(spec),
    outputPrefix: outputPrefix(spec),
    dependsOn: [handle],
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ListObjectsInBucket',
          Effect: 'Allow',
          Action: ['s3:ListBucket', 's3:PutBucketCORS'],
          Resource: [handle.ref('arn')],
        },
        {
          Sid: 'AllObjectActions',
          Effect: 'Allow',
          Action: objectActions,
          Resource: [`${handle.ref('arn')}/*`],
        },
      ],
    },
  });
}
