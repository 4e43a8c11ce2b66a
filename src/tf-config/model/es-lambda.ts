import type { Json, JsonObject } from '../../json.js';
import type { BlockHandle } from './document.js';
import { expectText } from './expect.js';
import { lambdaZip } from './lambda-zip.js';
import type { Need } from './need.js';
import type { RenderContext } from './provider.js';
import { pythonJson } from './python.js';

/** What such a lambda may do besides its own job: write logs, and join the network of its domain. */
export const ES_LAMBDA_ACTIONS = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
] as const;

/** Where the code of a lambda comes from when its values name no `release_url`. */
export interface LambdaRelease {
  readonly folder: Extract<Need, { kind: 'zip' }>['folder'];
  readonly release: string;
}

/** A lambda that writes what it gets to the Elasticsearch domain `domain`, from within its network. */
export interface EsLambda {
  readonly name: string;
  readonly domain: string;
  readonly role: BlockHandle;
  /** Merged values of the spec, which may set `release_url`, `runtime`, `timeout`, `handler`, `memory_size`. */
  readonly values: JsonObject;
  readonly release: LambdaRelease;
  readonly defaults: { readonly runtime: string; readonly handler: string };
  /** Of its environment, besides `es_endpoint`. */
  readonly variables?: Readonly<Record<string, Json>>;
  readonly tags?: JsonObject;
  readonly provider: { readonly provider?: string };
}

/** The zip that such a lambda needs. */
export function esLambdaZip(
  values: JsonObject,
  { folder, release }: LambdaRelease,
): Extract<Need, { kind: 'zip' }> {
  const { release_url: wanted = release } = values;
  return { kind: 'zip', release: expectText(wanted, 'release_url'), folder };
}

/** Name of the role that the lambda of a spec runs as. */
export function esLambdaRoleName(identifier: string): string {
  return `${identifier}-lambda-execution-role`;
}

/** The role that such a lambda runs as. */
export function esLambdaRole(context: RenderContext, identifier: string, tags?: JsonObject): BlockHandle {
  const name = esLambdaRoleName(identifier);
  const assumeRole: JsonObject = {
    Version: '2012-10-17',
    Statement: [
      { Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' }, Effect: 'Allow' },
    ],
  };
  const assume_role_policy = pythonJson(assumeRole, { sortKeys: true });
  return context.resource('aws_iam_role', name, { name, assume_role_policy, tags });
}

/** The lambda, and the data source of its domain. */
export function esLambda(context: RenderContext, lambda: EsLambda): BlockHandle {
  const { name, role, values, defaults, tags, provider } = lambda;
  const domain = context.data('aws_elasticsearch_domain', lambda.domain, {
    domain_name: lambda.domain,
    ...provider,
  });
  const { runtime = defaults.runtime, handler = defaults.handler, timeout = 30, memory_size = 128 } = values;
  return context.resource('aws_lambda_function', name, {
    ...lambdaZip(context, esLambdaZip(values, lambda.release), 'lambda_zip'),
    role: role.ref('arn'),
    ...{ tags, function_name: name, runtime, timeout, handler, memory_size },
    vpc_config: {
      subnet_ids: domain.ref('vpc_options.0.subnet_ids'),
      security_group_ids: domain.ref('vpc_options.0.security_group_ids'),
    },
    environment: { variables: { es_endpoint: domain.ref('endpoint'), ...lambda.variables } },
    ...provider,
  });
}
