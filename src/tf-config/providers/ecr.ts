import type { JsonObject } from '../../json.js';
import { providerFor, regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import { iamUserWithPolicy } from '../model/iam-user.js';
import { truthy } from '../model/python.js';
import { outputPrefix, specTags } from '../model/spec.js';

/** A private or public ECR repository, and an IAM user that may push to it. */
export const ecr = defineProvider({
  provider: 'ecr',
  graphqlType: 'NamespaceTerraformResourceECR_v1',
  selection: 'region public',
  fields: { region: field.text, public: field.flag },

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier } = spec;
    const tags = specTags(spec);
    const prefix = outputPrefix(spec);
    const region = regionOf(context.account, spec.own.region);
    const provider = providerFor(context.account, region);
    const isPublic = truthy(spec.own.public);
    // The provider has no tags for public ones.
    const repository = isPublic
      ? context.resource('aws_ecrpublic_repository', identifier, { repository_name: identifier, ...provider })
      : context.resource('aws_ecr_repository', identifier, { name: identifier, tags, ...provider });
    context.output(`${prefix}__url`, repository.ref(isPublic ? 'repository_uri' : 'repository_url'));
    context.output(`${prefix}__aws_region`, region);
    iamUserWithPolicy(context, {
      name: identifier,
      tags,
      outputPrefix: prefix,
      policy: pushPolicy(repository.ref('arn')),
      dependsOn: [repository],
    });
  },
});

function pushPolicy(repositoryArn: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ListImagesInRepository',
        Effect: 'Allow',
        Action: ['ecr:ListImages'],
        Resource: repositoryArn,
      },
      {
        Sid: 'GetAuthorizationToken',
        Effect: 'Allow',
        Action: ['ecr:GetAuthorizationToken'],
        Resource: '*',
      },
      {
        Sid: 'ManageRepositoryContents',
        Effect: 'Allow',
        Action: [
          'ecr:GetAuthorizationToken',
          'ecr:BatchCheckLayerAvailability',
          'ecr:GetDownloadUrlForLayer',
          'ecr:GetRepositoryPolicy',
          'ecr:DescribeRepositories',
          'ecr:ListImages',
          'ecr:DescribeImages',
          'ecr:BatchGetImage',
          'ecr:InitiateLayerUpload',
          'ecr:UploadLayerPart',
          'ecr:CompleteLayerUpload',
          'ecr:PutImage',
        ],
        Resource: repositoryArn,
      },
    ],
  };
}
