import { pythonText } from '../../model/python.js';
import { ref, type ResourceTable } from './blocks.js';
import type { Site } from './site.js';
import { loginDomain } from './user-pool.js';

const API = { rest_api_id: ref('aws_api_gateway_rest_api.gw_api.id') };

/** What all resources of a route say. */
function route(
  name: string,
  method: string,
): { place: typeof API & { resource_id: string }; method: string } {
  return {
    place: { ...API, resource_id: ref(`aws_api_gateway_resource.${name}.id`) },
    method: ref(`aws_api_gateway_method.${method}.http_method`),
  };
}

const PROXY = route('gw_resource_proxy', 'gw_method_proxy_any');
const TOKEN = route('gw_resource_token', 'gw_method_token_get');
const AUTH = route('gw_resource_auth', 'gw_method_auth_get');

/**
 * The gateway's API: `/auth` sends people to the login page, which sends them to `/token`; with the token, everything else
 * goes through to the API behind.
 */
export function gateway({ identifier, values, withProperties }: Site): ResourceTable {
  return {
    aws_api_gateway_rest_api: {
      gw_api: withProperties('rest_api_properties', {
        name: `${identifier}-rest-api`,
        endpoint_configuration: { types: ['PRIVATE'], vpc_endpoint_ids: [values['vpce_id'] ?? null] },
      }),
    },
    aws_api_gateway_authorizer: {
      gw_authorizer: withProperties('gateway_authorizer_properties', {
        ...{ name: `${identifier}-authorizer`, ...API },
        provider_arns: [ref('aws_cognito_user_pool.pool.arn')],
      }),
    },
  };
}

/** Its routes. Every type lists its resources in the order proxy, token, auth: the deployment's trigger has them so. */
export function routes(site: Site): ResourceTable {
  return {
    aws_api_gateway_resource: {
      gw_resource_proxy: pathPart('{proxy+}'),
      gw_resource_token: pathPart('token'),
      gw_resource_auth: pathPart('auth'),
    },
    ...methods(site),
    ...integrations(site),
    aws_api_gateway_integration_response: integrationResponses(site),
  };
}

function pathPart(path: string): { parent_id: string; rest_api_id: string; path_part: string } {
  return { parent_id: ref('aws_api_gateway_rest_api.gw_api.root_resource_id'), ...API, path_part: path };
}

function methods({ withProperties }: Site): ResourceTable {
  const response = 'gateway_method_get_response_properties';
  return {
    aws_api_gateway_method: {
      gw_method_proxy_any: withProperties('gateway_method_proxy_any_properties', {
        ...PROXY.place,
        authorizer_id: ref('aws_api_gateway_authorizer.gw_authorizer.id'),
      }),
      gw_method_token_get: withProperties('gateway_method_get_properties', TOKEN.place),
      gw_method_auth_get: withProperties('gateway_method_get_properties', AUTH.place),
    },
    aws_api_gateway_method_response: {
      gw_method_proxy_any_response: withProperties(response, { ...PROXY.place, http_method: PROXY.method }),
      gw_method_token_get_response: withProperties(response, { ...TOKEN.place, http_method: TOKEN.method }),
      gw_method_auth_get_response: withProperties('gateway_method_auth_get_response_properties', {
        ...{ ...AUTH.place, http_method: AUTH.method },
      }),
    },
  };
}

function integrations({ values, withProperties, tokenPage }: Site): ResourceTable {
  return {
    aws_api_gateway_integration: {
      gw_integration_proxy: withProperties('integration_proxy_properties', {
        ...{ ...PROXY.place, http_method: PROXY.method, integration_http_method: PROXY.method },
        connection_id: ref('aws_api_gateway_vpc_link.vpc_link.id'),
        uri: `${pythonText(values['api_proxy_uri'] ?? null)}/api/{proxy}`,
      }),
      gw_integration_token: withProperties('integration_token_properties', {
        ...{ ...TOKEN.place, http_method: TOKEN.method, integration_http_method: TOKEN.method },
        uri: tokenPage,
      }),
      gw_integration_auth: withProperties('integration_auth_properties', {
        ...{ ...AUTH.place, http_method: AUTH.method },
      }),
    },
  };
}

function integrationResponses({ identifier, tokenPage }: Site): ResourceTable[string] {
  const afterToken = {
    status_code: ref('aws_api_gateway_method_response.gw_method_token_get_response.status_code'),
    depends_on: ['aws_api_gateway_integration.gw_integration_token'],
  };
  const loginHost = `${loginDomain(identifier)}.auth-fips.us-gov-west-1.amazoncognito.com`;
  const query = [
    `client_id=${ref('aws_cognito_user_pool_client.userpool_client.id')}`,
    'response_type=code',
    'scope=openid+gateway/AccessToken',
    `redirect_uri=${tokenPage}`,
  ];
  const loginPage = `https://${loginHost}/oauth2/authorize?${query.join('&')}`;
  return {
    // The proxy's response goes by the token's, as in the renderer that ours agrees with.
    gw_integration_response_proxy: { ...PROXY.place, http_method: PROXY.method, ...afterToken },
    gw_integration_response_token: { ...TOKEN.place, http_method: TOKEN.method, ...afterToken },
    gw_integration_response_auth: {
      ...{ ...AUTH.place, http_method: AUTH.method },
      status_code: ref('aws_api_gateway_method_response.gw_method_auth_get_response.status_code'),
      response_parameters: { 'method.response.header.Location': `'${loginPage}'` },
      depends_on: ['aws_api_gateway_integration.gw_integration_auth'],
    },
  };
}
