import { expect, test } from '@jest/globals';

import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const PROPERTIES = [
  ...['user_pool', 'user_pool_client', 'cognito_resource_server', 'pool_client_service_account_common'],
  ...['rest_api', 'gateway_authorizer', 'gateway_method_proxy_any', 'gateway_method_get'],
  ...['gateway_method_get_response', 'gateway_method_auth_get_response', 'integration_proxy'],
  ...['integration_token', 'integration_auth', 'waf_acl', 'lb_target_group', 'lb'],
];

function authenticator(
  fields: Record<string, unknown> = {},
  defaults: Record<string, unknown> = {},
  world: World = {},
): Rendered {
  const none = Object.fromEntries(PROPERTIES.map((name) => [`${name}_properties`, {}]));
  const spec = {
    ...{ provider: 'rosa-authenticator', identifier: 'login', defaults: '/rosa.yml' },
    ...{ cognito_callback_bucket_name: 'callbacks', network_interface_ids: ['eni-1'] },
  };
  const files = { '/rosa.yml': JSON.stringify({ ...none, ...defaults }) };
  return renderOne({ ...spec, ...fields }, { files, ...world });
}

test('code and logo are asked for: the release and the object of the callback bucket', () => {
  expect(authenticator({}, { release_url: 'repos/x/y/releases/1' }).needs).toEqual([
    { kind: 'zip', release: 'repos/x/y/releases/1', folder: 'rosa-authenticator' },
    { kind: 'bucket-object', bucket: 'callbacks', key: 'Logo-RedHat-B-Color-RGB.png', format: 'png' },
  ]);
});

test('code that nobody could fetch is a placeholder; the logo is then wanted where the loop puts it', () => {
  const { resources, unknowns, warnings } = authenticator();
  expect(resources).toMatchObject({
    aws_lambda_function: { cognito_pre_signup: { filename: '${var.login_rosa_authenticator__lambda_zip}' } },
    aws_cognito_user_pool_ui_customization: {
      userpool_ui: { image_file: '${filebase64("/tmp/Logo-RedHat-B-Color-RGB.png")}' },
    },
  });
  expect(unknowns.map(({ what }) => what)).toEqual(['lambda_zip']);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^the logo of the login page could not be had .*: terraform will want it at \/tmp\/Logo/,
    ),
  ]);
});

test('a logo that was fetched is taken from where it is', () => {
  const answer = (): { known: true; value: string } => ({ known: true, value: '/cache/file' });
  const { resources, warnings } = authenticator({}, {}, { answer });
  expect(resources).toHaveProperty(
    'aws_cognito_user_pool_ui_customization.userpool_ui.image_file',
    '${filebase64("/cache/file")}',
  );
  expect(warnings).toEqual([]);
});

test.each([
  ['us-gov-east-1', 'aws', 'arn:aws-us-gov:'],
  ['us-east-1', 'aws-us-gov', 'arn:aws:'],
])(
  'the region %s, and not the partition %s, makes ARNs of managed policies %s…',
  (region, partition, start) => {
    const { resources } = authenticator({ region }, {}, { account: { partition } });
    expect(resources).toHaveProperty('aws_iam_role.lambda_role.managed_policy_arns', [
      `${start}iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`,
    ]);
  },
);

test('what the spec leaves out is rendered as null', () => {
  const { resources } = authenticator({ network_interface_ids: [] });
  expect(resources).toMatchObject({
    aws_lb: { api_gw: { subnets: null } },
    aws_api_gateway_vpc_link: { vpc_link: { target_arns: [null] } },
    aws_api_gateway_domain_name: { domain: { domain_name: null, regional_certificate_arn: null } },
    aws_api_gateway_integration: { gw_integration_proxy: { uri: 'None/api/{proxy}' } },
  });
  expect(resources).not.toHaveProperty('aws_lb_target_group_attachment');
});

test.each([
  [[], 7],
  [null, 7],
  [['https://x.example.com'], 8],
])('with insights_callback_urls %j there are %d clients', (urls, count) => {
  const { resources } = authenticator({ insights_callback_urls: urls });
  expect(Object.keys(resources['aws_cognito_user_pool_client'] ?? {})).toHaveLength(count);
});

test.each([
  [{ waf_acl_properties: { name: 'x' } }, 'waf_acl_properties sets name, which is not for defaults to set'],
  [{ lb_properties: null }, 'lb_properties must be an object, not null'],
])('the defaults %j are refused: %s', (defaults, message) => {
  expect(() => authenticator({}, defaults)).toThrow(message);
});

test('a missing list of network interfaces is refused', () => {
  expect(() => authenticator({ network_interface_ids: null })).toThrow('network_interface_ids is missing');
});

test('the endpoint of rosa-authenticator-vpce has an association for each subnet', () => {
  const defaults = JSON.stringify({
    vpce_security_group_rule_common_properties: { from_port: 443 },
    vpc_endpoint_properties: { service_name: 's' },
  });
  const { resources } = renderOne(
    { provider: 'rosa-authenticator-vpce', identifier: 'v', subnet_ids: ['s-1', 's-2'], defaults: '/v.yml' },
    { files: { '/v.yml': defaults }, account: { supportedDeploymentRegions: ['us-east-1'] } },
  );
  expect(resources).toMatchObject({
    aws_vpc_endpoint: { api_gw: { vpc_id: null, service_name: 's' } },
    aws_security_group_rule: {
      vpce_outbound: { type: 'egress', cidr_blocks: ['0.0.0.0/0'], from_port: 443 },
    },
  });
  expect(Object.keys(resources['aws_vpc_endpoint_subnet_association'] ?? {})).toEqual([
    'api_gw_s-1',
    'api_gw_s-2',
  ]);
});
