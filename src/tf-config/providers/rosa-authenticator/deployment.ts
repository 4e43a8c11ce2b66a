import { pythonJson } from '../../model/python.js';
import { ref, type ResourceTable } from './blocks.js';
import type { Site } from './site.js';

const API = { rest_api_id: ref('aws_api_gateway_rest_api.gw_api.id') };
const STAGE_NAME = { stage_name: ref('aws_api_gateway_stage.gw_stage.stage_name') };

/**
 * The API's deployment as stage `api`, under the site's domain name, with its logs and limits.
 *
 * @param deployed resources whose change calls for another deployment
 */
export function deployment(site: Site, deployed: ResourceTable): ResourceTable {
  const { domain_name: domain = null, certificate_arn: certificate = null } = site.values;
  const mapping = {
    ...{ api_id: API.rest_api_id, ...STAGE_NAME },
    domain_name: ref('aws_api_gateway_domain_name.domain.domain_name'),
  };
  return {
    aws_api_gateway_deployment: {
      gw_deployment: {
        ...API,
        triggers: { redeployment: redeployment(deployed) },
        lifecycle: { create_before_destroy: true },
      },
    },
    aws_api_gateway_stage: {
      gw_stage: {
        ...{ ...API, deployment_id: ref('aws_api_gateway_deployment.gw_deployment.id') },
        stage_name: 'api',
      },
    },
    aws_api_gateway_rest_api_policy: { gw_api_policy: { ...API, policy: endpointOnly(site) } },
    aws_api_gateway_domain_name: {
      domain: {
        regional_certificate_arn: certificate,
        domain_name: domain,
        endpoint_configuration: { types: ['REGIONAL'] },
      },
    },
    // Both, so that DOMAIN/auth works as DOMAIN/api does.
    aws_api_gateway_base_path_mapping: { catch_all: mapping, api: { ...mapping, base_path: 'api' } },
    aws_cloudwatch_log_group: {
      api_gw_access: {
        name: `API-Gateway-Execution-Logs_${API.rest_api_id}/api`,
        retention_in_days: 365,
      },
    },
    aws_api_gateway_method_settings: {
      gw_api: {
        ...{ ...API, ...STAGE_NAME, method_path: '*/*' },
        settings: { logging_level: 'INFO', throttling_burst_limit: 5000, throttling_rate_limit: 10000 },
        depends_on: ['aws_cloudwatch_log_group.api_gw_access'],
      },
    },
  };
}

function redeployment(deployed: ResourceTable): string {
  const contents = Object.entries(deployed).flatMap(([type, resources]) =>
    Object.keys(resources).map((name) => ref(`jsonencode(${type}.${name})`)),
  );
  return `sha1([${contents.join(',')}]))`;
}

/** Nobody may call the API but through the VPC endpoint. */
function endpointOnly({ values }: Site): string {
  const everyone = {
    Principal: '*',
    Action: 'execute-api:Invoke',
    Resource: `${ref('aws_api_gateway_rest_api.gw_api.execution_arn')}/*`,
  };
  const elsewhere = { StringNotEquals: { 'aws:SourceVpce': values['vpce_id'] ?? null } };
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...everyone },
      { Effect: 'Deny', ...everyone, Condition: elsewhere },
    ],
  };
  return pythonJson(policy, { sortKeys: false });
}
