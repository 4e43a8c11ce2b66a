import { FailedError } from '../../errors.js';
import { isJsonObject, type JsonObject } from '../../json.js';
import { providerFor, regionOf } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import type { BlockHandle } from '../model/document.js';
import {
  ES_LAMBDA_ACTIONS,
  esLambda,
  esLambdaRole,
  esLambdaRoleName,
  esLambdaZip,
  type LambdaRelease,
} from '../model/es-lambda.js';
import { expectText } from '../model/expect.js';
import { iamUserWithPolicy } from '../model/iam-user.js';
import type { RenderContext } from '../model/provider.js';
import { pythonJson, truthy } from '../model/python.js';
import { outputPrefix, specTags, type Spec } from '../model/spec.js';

const RELEASE: LambdaRelease = {
  folder: 'repository',
  release: 'https://github.com/app-sre/kinesis-to-opensearch-lambda/releases/latest',
};

const LAMBDA_POLICY: JsonObject = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        ...ES_LAMBDA_ACTIONS,
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
        'kinesis:GetShardIterator',
        'kinesis:GetRecords',
        'kinesis:DescribeStream',
        'kinesis:ListStreams',
        'es:ESHttpPost',
        'es:ESHttpPut',
      ],
      Resource: '*',
    },
  ],
};

/** A data stream and an IAM user that writes to it; with `es_identifier` also a lambda that feeds that domain. */
export const kinesis = defineProvider({
  provider: 'kinesis',
  graphqlType: 'NamespaceTerraformResourceKinesis_v1',
  selection: 'region defaults es_identifier',
  fields: { region: field.text, defaults: field.text, es_identifier: field.text },
  needs(_spec, input) {
    const values = input.values();
    return truthy(values['es_identifier']) ? [esLambdaZip(values, RELEASE)] : [];
  },

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier } = spec;
    const values = context.values();
    const tags = specTags(spec);
    const region = regionOf(context.account, values['region']);
    const provider = providerFor(context.account, region);
    const { shard_count = null, retention_period = 24, encryption_type = null, kms_key_id = null } = values;
    const stream = context.resource('aws_kinesis_stream', identifier, {
      ...{ name: identifier, tags, shard_count, retention_period, encryption_type },
      ...(encryption_type === 'KMS' ? { kms_key_id } : {}),
      ...provider,
    });
    if (truthy(values['es_identifier']))
      streamToDomain(context, { identifier, tags, stream, values, provider });
    const prefix = outputPrefix(spec);
    context.output(`${prefix}__stream_name`, identifier);
    context.output(`${prefix}__aws_region`, region);
    iamUserWithPolicy(context, {
      ...{ name: identifier, tags, outputPrefix: prefix, dependsOn: [stream] },
      policy: writerPolicy(stream),
    });
  },
});

function writerPolicy(stream: BlockHandle): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['kinesis:Get*', 'kinesis:Describe*', 'kinesis:PutRecord'],
        Resource: [stream.ref('arn')],
      },
      { Effect: 'Allow', Action: ['kinesis:ListStreams'], Resource: ['*'] },
    ],
  };
}

interface DomainFeed {
  readonly identifier: string;
  readonly tags: JsonObject;
  readonly stream: BlockHandle;
  readonly values: JsonObject;
  readonly provider: { readonly provider?: string };
}

/** The lambda that reads the stream and writes to the domain, as the domain's master user if it has one. */
function streamToDomain(context: RenderContext, feed: DomainFeed): void {
  const { identifier, tags, stream, values, provider } = feed;
  const domain = domainSpec(context, values);
  const secret = domainSecret(context, domain);
  const role = lambdaRole(context, feed, secret.policyArn);
  const { index_prefix = `${identifier}-` } = values;
  const name = `${identifier}-lambda`;
  const lambda = esLambda(context, {
    ...{ name, domain: domain.identifier, role, values, release: RELEASE, tags, provider },
    defaults: { runtime: 'python3.9', handler: 'lambda_function.handler' },
    variables: { index_prefix, ...(secret.name === undefined ? {} : { secret_name: secret.name }) },
  });
  const { batch_size = 100, parallelization_factor = 1 } = values;
  context.resource('aws_lambda_event_source_mapping', name, {
    event_source_arn: stream.ref('arn'),
    function_name: lambda.ref('arn'),
    ...startingPosition(context, values),
    ...{ batch_size, parallelization_factor },
    ...provider,
  });
}

/** @throws FailedError when the account has no such domain */
function domainSpec(context: RenderContext, values: JsonObject): Spec {
  const identifier = expectText(values['es_identifier'], 'es_identifier');
  const domain = context.find('elasticsearch', identifier);
  if (domain !== undefined) return domain;
  throw new FailedError(
    'ReferenceMissing',
    `es_identifier names ${identifier}, which is no domain of the account`,
    {
      hint: 'an elasticsearch resource with this identifier must be provisioned in the same account',
    },
  );
}

/** Where the domain keeps its master user. Known only once the domain exists: from the outputs of the state. */
function domainSecret(context: RenderContext, domain: Spec): { name?: string; policyArn?: string } {
  const name = context.existing('secret_name', domain);
  const policyArn = context.existing('secret_policy_arn', domain);
  if (name === undefined && hasInternalUsers(context.values(domain))) {
    context.warn(
      `no outputs tell where ${domain.identifier} keeps its master user: the lambda is rendered as before the domain exists`,
    );
  }
  return {
    ...(name !== undefined && truthy(name) ? { name } : {}),
    ...(policyArn !== undefined && truthy(policyArn) ? { policyArn } : {}),
  };
}

function hasInternalUsers({ auth }: JsonObject): boolean {
  return isJsonObject(auth) && truthy(auth) && !truthy(auth['admin_user_arn']);
}

function lambdaRole(
  context: RenderContext,
  { identifier, tags }: DomainFeed,
  secretPolicyArn: string | undefined,
): BlockHandle {
  const role = esLambdaRole(context, identifier, tags);
  const attach = (name: string, policy_arn: string): void => {
    context.resource('aws_iam_role_policy_attachment', name, {
      ...{ role: esLambdaRoleName(identifier), policy_arn, depends_on: [role.dependency] },
    });
  };
  const name = `${identifier}-lambda-execution-policy`;
  const policy = context.resource('aws_iam_policy', name, {
    ...{ name, policy: pythonJson(LAMBDA_POLICY, { sortKeys: true }), tags },
  });
  attach(name, policy.ref('arn'));
  if (secretPolicyArn !== undefined) attach(`${identifier}-lambda-secretsmanager-policy`, secretPolicyArn);
  return role;
}

function startingPosition(context: RenderContext, values: JsonObject): JsonObject {
  const { starting_position = 'LATEST', starting_position_timestamp = null } = values;
  if (starting_position !== 'AT_TIMESTAMP') return { starting_position };
  context.warn('starting_position AT_TIMESTAMP is rendered without its timestamp, which AWS refuses');
  return truthy(starting_position_timestamp)
    ? { starting_position }
    : { starting_position, starting_position_timestamp };
}
