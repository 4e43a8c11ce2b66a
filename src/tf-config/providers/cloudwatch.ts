import type { Json, JsonObject } from '../../json.js';
import { providerFor, regionOf, type RenderAccount } from '../model/account.js';
import { commonOutputs } from '../model/common-outputs.js';
import { defineProvider, field } from '../model/define-provider.js';
import type { BlockHandle } from '../model/document.js';
import {
  ES_LAMBDA_ACTIONS,
  esLambda,
  esLambdaRole,
  esLambdaZip,
  type LambdaRelease,
} from '../model/es-lambda.js';
import { expectText } from '../model/expect.js';
import { iamUserWithPolicy } from '../model/iam-user.js';
import type { RenderContext } from '../model/provider.js';
import { pythonJson, truthy } from '../model/python.js';
import { outputPrefix, specTags } from '../model/spec.js';

const DEFAULT_RETENTION_DAYS = 14;

/** The values of `retentionInDays` that the API of CloudWatch Logs knows (PutRetentionPolicy). */
const RETENTION_DAYS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545],
  ...[731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

const RELEASE: LambdaRelease = {
  folder: 'logs-to-es',
  release: 'repos/app-sre/logs-to-elasticsearch-lambda/releases/latest',
};

/** A log group and an IAM user that writes to it; with `es_identifier` also a lambda that copies it to that domain. */
export const cloudwatch = defineProvider({
  provider: 'cloudwatch',
  graphqlType: 'NamespaceTerraformResourceCloudWatch_v1',
  selection: 'region defaults es_identifier filter_pattern',
  fields: {
    region: field.text,
    defaults: field.text,
    es_identifier: field.text,
    filter_pattern: field.text,
  },
  needs(_spec, input) {
    const values = input.values();
    return hasDomain(values) ? [esLambdaZip(values, RELEASE)] : [];
  },

  render(spec, context) {
    commonOutputs(spec, context);
    const { identifier } = spec;
    const values = context.values();
    const prefix = outputPrefix(spec);
    const tags = specTags(spec);
    const region = regionOf(context.account, values['region']);
    const logGroup = context.resource('aws_cloudwatch_log_group', identifier, {
      name: identifier,
      tags,
      retention_in_days: retentionDays(values, context),
      ...providerFor(context.account, region),
    });
    if (hasDomain(values)) {
      logsToDomain(context, { identifier, logGroup, values, provider: providerFor(context.account, region) });
    }
    context.output(`${prefix}__log_group_name`, identifier);
    context.output(`${prefix}__aws_region`, region);
    iamUserWithPolicy(context, {
      ...{ name: identifier, tags, outputPrefix: prefix, dependsOn: [logGroup] },
      policy: writerPolicy(logGroup),
    });
  },
});

function hasDomain(values: JsonObject): boolean {
  const { es_identifier: domain } = values;
  return domain !== undefined && domain !== null;
}

function retentionDays(values: JsonObject, context: RenderContext): Json {
  const { retention_in_days: wanted } = values;
  if (wanted === undefined || !truthy(wanted)) return DEFAULT_RETENTION_DAYS;
  if (!RETENTION_DAYS.some((days) => days === wanted)) {
    context.warn(`retention_in_days is ${JSON.stringify(wanted)}, which CloudWatch does not offer`);
  }
  return wanted;
}

function writerPolicy(logGroup: BlockHandle): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Action: [
          'logs:CreateLogGroup',
          'logs:DescribeLogStreams',
          'logs:CreateLogStream',
          'logs:PutLogEvents',
        ],
        Effect: 'Allow',
        Resource: `${logGroup.ref('arn')}:*`,
      },
      { Action: ['logs:DescribeLogGroups'], Effect: 'Allow', Resource: '*' },
    ],
  };
}

interface DomainCopy {
  readonly identifier: string;
  readonly logGroup: BlockHandle;
  readonly values: JsonObject;
  readonly provider: { readonly provider?: string };
}

/** The lambda that the log group feeds. Its role's policy is inline. */
function logsToDomain(context: RenderContext, { identifier, logGroup, values, provider }: DomainCopy): void {
  const role = esLambdaRole(context, identifier);
  context.resource('aws_iam_role_policy', `${identifier}-lambda-execution-policy`, {
    role: role.ref('id'),
    policy: pythonJson(lambdaPolicy(context.account), { sortKeys: true }),
  });
  const name = `${identifier}-lambda`;
  const lambda = esLambda(context, {
    ...{ name, role, values, provider, release: RELEASE },
    domain: expectText(values['es_identifier'], 'es_identifier'),
    defaults: { runtime: 'nodejs10.x', handler: 'index.handler' },
  });
  context.resource('aws_lambda_permission', name, {
    statement_id: 'cloudwatch_allow',
    action: 'lambda:InvokeFunction',
    function_name: lambda.ref('arn'),
    principal: 'logs.amazonaws.com',
    source_arn: `${logGroup.ref('arn')}:*`,
    ...provider,
  });
  context.resource('aws_cloudwatch_log_subscription_filter', name, {
    name,
    log_group_name: identifier,
    destination_arn: lambda.ref('arn'),
    filter_pattern: values['filter_pattern'] ?? '',
    depends_on: [logGroup.dependency],
    ...provider,
  });
}

function lambdaPolicy(account: RenderAccount): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [...ES_LAMBDA_ACTIONS],
        Resource: '*',
      },
      { Effect: 'Allow', Action: 'es:*', Resource: `arn:${account.partition}:es:*` },
    ],
  };
}
