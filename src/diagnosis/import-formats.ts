import { text, type Values } from './naming.js';
import type { ImportContext } from './import-id.js';

/** How objects of one type are imported. */
export interface ImportFormat {
  /** For people, e.g. `ROLE/POLICY_ARN`; undefined: the type cannot be imported. */
  readonly format: string | undefined;
  /** The id, from arguments or attributes. */
  readonly of: (values: Values, context: ImportContext) => string | undefined;
}

/** The id is one of the arguments, or several joined. */
function joined(format: string, separator: string, ...names: readonly string[]): ImportFormat {
  return {
    format,
    of: (values) => {
      const parts = names.map((name) => text(values[name]));
      return parts.includes(undefined) ? undefined : parts.join(separator);
    },
  };
}

const own = (format: string, name: string): ImportFormat => joined(format, '', name);

/** The id is given by AWS: only the object itself tells it. */
const given = (format: string): ImportFormat => ({ format, of: () => undefined });

const impossible: ImportFormat = { format: undefined, of: () => undefined };

/** An ARN that follows from a name. */
function arn(
  service: string,
  resource: (values: Values) => string | undefined,
  global = false,
): ImportFormat {
  return {
    format: 'ARN',
    of: (values, { account, region, partition }) => {
      const name = resource(values);
      if (name === undefined || account === undefined || (region === undefined && !global)) return undefined;
      return `arn:${partition}:${service}:${global ? '' : (region ?? '')}:${account}:${name}`;
    },
  };
}

const queueUrl: ImportFormat = {
  format: 'https://sqs.REGION.amazonaws.com/ACCOUNT/NAME',
  of: (values, { account, region, partition }) => {
    const name = text(values['name']);
    if (name === undefined || account === undefined || region === undefined) return undefined;
    return `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${account}/${name}`;
  },
};

const policyArn = arn(
  'iam',
  (values) => {
    const name = text(values['name']);
    return name === undefined ? undefined : `policy${text(values['path']) ?? '/'}${name}`;
  },
  true,
);

const bucket = own('BUCKET', 'bucket');
const name = own('NAME', 'name');

/**
 * How the types are imported that the integration renders.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs section "Import" of each resource
 */
export const FORMATS: Readonly<Record<string, ImportFormat>> = {
  aws_acm_certificate: given('ARN'),
  aws_api_gateway_account: given('api-gateway-account'),
  aws_api_gateway_authorizer: given('REST_API_ID/AUTHORIZER_ID'),
  aws_api_gateway_base_path_mapping: given('DOMAIN/BASE_PATH'),
  aws_api_gateway_deployment: given('REST_API_ID/DEPLOYMENT_ID'),
  aws_api_gateway_domain_name: own('DOMAIN_NAME', 'domain_name'),
  aws_api_gateway_integration: given('REST_API_ID/RESOURCE_ID/HTTP_METHOD'),
  aws_api_gateway_integration_response: given('REST_API_ID/RESOURCE_ID/HTTP_METHOD/STATUS_CODE'),
  aws_api_gateway_method: given('REST_API_ID/RESOURCE_ID/HTTP_METHOD'),
  aws_api_gateway_method_response: given('REST_API_ID/RESOURCE_ID/HTTP_METHOD/STATUS_CODE'),
  aws_api_gateway_method_settings: given('REST_API_ID/STAGE_NAME/METHOD_PATH'),
  aws_api_gateway_resource: given('REST_API_ID/RESOURCE_ID'),
  aws_api_gateway_rest_api: given('REST_API_ID'),
  aws_api_gateway_rest_api_policy: given('REST_API_ID'),
  aws_api_gateway_stage: given('REST_API_ID/STAGE_NAME'),
  aws_api_gateway_vpc_link: given('VPC_LINK_ID'),
  aws_autoscaling_group: name,
  aws_cloudfront_distribution: given('DISTRIBUTION_ID'),
  aws_cloudfront_origin_access_identity: given('IDENTITY_ID'),
  aws_cloudfront_public_key: given('KEY_ID'),
  aws_cloudwatch_log_group: name,
  aws_cloudwatch_log_resource_policy: own('POLICY_NAME', 'policy_name'),
  aws_cloudwatch_log_subscription_filter: joined('LOG_GROUP|NAME', '|', 'log_group_name', 'name'),
  aws_cognito_resource_server: given('USER_POOL_ID|IDENTIFIER'),
  aws_cognito_user_pool: given('USER_POOL_ID'),
  aws_cognito_user_pool_client: given('USER_POOL_ID/CLIENT_ID'),
  aws_cognito_user_pool_domain: own('DOMAIN', 'domain'),
  aws_cognito_user_pool_ui_customization: given('USER_POOL_ID,CLIENT_ID'),
  aws_db_event_subscription: name,
  aws_db_instance: own('IDENTIFIER', 'identifier'),
  aws_db_parameter_group: name,
  aws_db_subnet_group: name,
  aws_dynamodb_table: name,
  aws_ecr_repository: name,
  aws_ecrpublic_repository: own('NAME', 'repository_name'),
  aws_elasticache_parameter_group: name,
  aws_elasticache_replication_group: own('REPLICATION_GROUP_ID', 'replication_group_id'),
  aws_elasticsearch_domain: own('DOMAIN_NAME', 'domain_name'),
  aws_iam_access_key: impossible,
  aws_iam_instance_profile: name,
  aws_iam_policy: policyArn,
  aws_iam_role: name,
  aws_iam_role_policy: joined('ROLE:NAME', ':', 'role', 'name'),
  aws_iam_role_policy_attachment: joined('ROLE/POLICY_ARN', '/', 'role', 'policy_arn'),
  aws_iam_service_linked_role: given('ARN'),
  aws_iam_user: name,
  aws_iam_user_policy: joined('USER:NAME', ':', 'user', 'name'),
  aws_iam_user_policy_attachment: joined('USER/POLICY_ARN', '/', 'user', 'policy_arn'),
  aws_kinesis_resource_policy: own('STREAM_ARN', 'resource_arn'),
  aws_kinesis_stream: name,
  aws_kms_alias: name,
  aws_kms_key: given('KEY_ID'),
  aws_lambda_event_source_mapping: given('UUID'),
  aws_lambda_function: own('FUNCTION_NAME', 'function_name'),
  aws_lambda_permission: joined('FUNCTION_NAME/STATEMENT_ID', '/', 'function_name', 'statement_id'),
  aws_launch_template: given('lt-…'),
  aws_lb: given('ARN'),
  aws_lb_listener: given('ARN'),
  aws_lb_listener_rule: given('ARN'),
  aws_lb_target_group: given('ARN'),
  aws_lb_target_group_attachment: impossible,
  aws_lb_trust_store: given('ARN'),
  aws_msk_cluster: given('ARN'),
  aws_msk_configuration: given('ARN'),
  aws_msk_scram_secret_association: own('CLUSTER_ARN', 'cluster_arn'),
  aws_route53_health_check: given('HEALTH_CHECK_ID'),
  aws_route53_record: joined('ZONE_ID_NAME_TYPE', '_', 'zone_id', 'name', 'type'),
  aws_route53_zone: given('ZONE_ID'),
  aws_s3_bucket: bucket,
  aws_s3_bucket_acl: bucket,
  aws_s3_bucket_logging: bucket,
  aws_s3_bucket_notification: bucket,
  aws_s3_bucket_policy: bucket,
  aws_secretsmanager_secret: given('ARN'),
  aws_secretsmanager_secret_policy: own('SECRET_ARN', 'secret_arn'),
  aws_secretsmanager_secret_version: given('SECRET_ARN|VERSION_ID'),
  aws_security_group: given('sg-…'),
  aws_security_group_rule: given('SG_TYPE_PROTOCOL_FROM_TO_SOURCE'),
  aws_sns_topic: arn('sns', (values) => text(values['name'])),
  aws_sns_topic_subscription: given('SUBSCRIPTION_ARN'),
  aws_sqs_queue: queueUrl,
  aws_vpc_endpoint: given('vpce-…'),
  aws_vpc_endpoint_subnet_association: joined(
    'VPC_ENDPOINT_ID/SUBNET_ID',
    '/',
    'vpc_endpoint_id',
    'subnet_id',
  ),
  aws_wafv2_web_acl: given('ID/NAME/SCOPE'),
  aws_wafv2_web_acl_association: given('WEB_ACL_ARN,RESOURCE_ARN'),
  aws_wafv2_web_acl_logging_configuration: given('WEB_ACL_ARN'),
  random_id: given('BASE64URL'),
  time_sleep: impossible,
};
