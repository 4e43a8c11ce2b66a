import type { Arguments } from '../../model/document.js';
import { truthy } from '../../model/python.js';
import { ref, type ResourceTable } from './blocks.js';
import type { Site } from './site.js';

/** Services that log in with credentials of their own, and the scope of their tokens. */
const SERVICE_ACCOUNTS = {
  ams: 'AccountManagement',
  cs: 'ClusterService',
  osl: 'ServiceLogService',
  'backplane-cli': 'BackplaneCLI',
  'backplane-api': 'BackplaneService',
  insights: 'InsightsServiceAccount',
};

/** Who may ask the user pool for tokens. */
export function poolClients(site: Site): ResourceTable {
  const { identifier, values, withProperties, tokenPage } = site;
  const pool = { user_pool_id: ref('aws_cognito_user_pool.pool.id') };
  const insightsUrls = values['insights_callback_urls'];
  const clients: Record<string, Arguments> = {
    userpool_client: withProperties('user_pool_client_properties', {
      ...{ name: `ocm-${identifier}-pool-client`, ...pool, callback_urls: [tokenPage] },
      depends_on: ['aws_cognito_resource_server.userpool_gateway_resource_server'],
    }),
  };
  if (truthy(insightsUrls)) {
    clients['ins_userpool_client'] = withProperties('user_pool_client_properties', {
      ...{ name: `insights-${identifier}-pool-client`, ...pool, callback_urls: insightsUrls },
    });
  }
  for (const [service, scope] of Object.entries(SERVICE_ACCOUNTS)) {
    const name = `ocm_${service.replaceAll('-', '_')}_service_account`;
    clients[name] = withProperties('pool_client_service_account_common_properties', {
      ...{ name: `ocm-${identifier}-${service}-service-account`, ...pool },
      allowed_oauth_scopes: [`ocm/${scope}`],
      depends_on: ['aws_cognito_resource_server.userpool_service_resource_server'],
    });
  }
  return { aws_cognito_user_pool_client: clients };
}
