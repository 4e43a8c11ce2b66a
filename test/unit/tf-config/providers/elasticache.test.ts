import { describe, expect, test } from '@jest/globals';

import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const GROUP = '{name: redis-pg, family: redis7, parameters: [{name: cluster-enabled, value: "yes"}]}';

function cache(defaults: string, fields: Record<string, unknown> = {}, world: World = {}): Rendered {
  const spec = { provider: 'elasticache', identifier: 'shop', defaults: '/cache.yml' };
  const files = { '/cache.yml': defaults, '/pg.yml': GROUP };
  return renderOne({ ...spec, ...fields }, { files, ...world });
}

describe('the auth token', () => {
  const tls = 'transit_encryption_enabled: true';
  const output = 'shop-elasticache__db_auth_token';

  test('is the one that the state has', () => {
    const { resources, outputs, unknowns } = cache(tls, {}, { outputs: { [output]: 'kept' } });
    expect(resources).toHaveProperty('aws_elasticache_replication_group.shop.auth_token', 'kept');
    expect(outputs[output]).toEqual({ value: 'kept', sensitive: true });
    expect(unknowns).toEqual([]);
  });

  test.each([
    ['no outputs of a state at hand', undefined],
    ['the state has none', { other__x: 'y' }],
    ['the state has none', { [output]: '' }],
  ])('is made up when there is none, and that is listed: %s', (why, outputs) => {
    const { resources, unknowns } = cache(tls, {}, outputs === undefined ? {} : { outputs });
    expect(resources).toHaveProperty(
      'aws_elasticache_replication_group.shop.auth_token',
      'RANDOMrandom01234567',
    );
    expect(unknowns).toEqual([{ what: 'db_auth_token', why, instead: 'new random value' }]);
  });

  test('is one sensitive variable in resource and output', () => {
    const world = { outputs: { [output]: 'kept' }, plainSecrets: false };
    const { resources, outputs, variables } = cache(tls, {}, world);
    const reference = '${var.shop_elasticache__db_auth_token}';
    expect(resources).toHaveProperty('aws_elasticache_replication_group.shop.auth_token', reference);
    expect(outputs[output]).toEqual({ value: reference, sensitive: true });
    expect(variables).toEqual([{ name: 'shop_elasticache__db_auth_token', sensitive: true, value: 'kept' }]);
  });

  test('without TLS there is none, whatever the state has; one of the defaults is passed on', () => {
    const { resources, outputs } = cache('auth_token: given', {}, { outputs: { [output]: 'kept' } });
    expect(resources).toHaveProperty('aws_elasticache_replication_group.shop.auth_token', 'given');
    expect(outputs).not.toHaveProperty(output);
  });
});

describe('the region', () => {
  const account = { supportedDeploymentRegions: ['us-east-1', 'us-west-2'] };

  test.each([
    [undefined, 'redis-pg', 'aws.us-east-1'],
    ['us-east-1', 'redis-pg', 'aws.us-east-1'],
    ['us-west-2', 'redis-pg-us-west-2', 'aws.us-west-2'],
  ])('%s: the parameter group is named %s, the provider %s', (region, name, provider) => {
    const { resources } = cache('a: 1', { region: region ?? null, parameter_group: '/pg.yml' }, { account });
    expect(resources['aws_elasticache_parameter_group']).toMatchObject({
      [name]: { name: 'redis-pg', provider },
    });
    expect(resources['aws_elasticache_replication_group']).toMatchObject({
      shop: { provider, depends_on: [`aws_elasticache_parameter_group.${name}`] },
    });
  });

  test('one that overrides take away leaves no provider at all', () => {
    const { resources } = cache('region: us-west-2', { overrides: '{"region": null}' }, { account });
    expect(resources).not.toHaveProperty('aws_elasticache_replication_group.shop.provider');
    expect(resources).not.toHaveProperty('aws_elasticache_replication_group.shop.region');
  });
});

test.each([
  ['"yes"', 'configuration_endpoint_address'],
  ['true', 'primary_endpoint_address'],
  ['"no"', 'primary_endpoint_address'],
])('with cluster-enabled: %s clients connect to the %s', (value, attribute) => {
  const group = `{name: redis-pg, parameters: [{name: cluster-enabled, value: ${value}}]}`;
  const { outputs } = cache(
    'a: 1',
    { parameter_group: '/pg.yml' },
    { files: { '/cache.yml': 'a: 1', '/pg.yml': group } },
  );
  expect(outputs).toHaveProperty(
    'shop-elasticache__db_endpoint.value',
    `\${aws_elasticache_replication_group.shop.${attribute}}`,
  );
});

test.each([
  ['port: 6380', '${6380}'],
  ['port: "6380"', '${6380}'],
  ['port: null', '${None}'],
  ['a: 1', '${aws_elasticache_replication_group.shop.port}'],
])('%s is put out as %s', (defaults, expected) => {
  expect(cache(defaults).outputs).toHaveProperty('shop-elasticache__db_port.value', expected);
});

test('a parameter group that only the overrides name is read', () => {
  const { resources } = cache('a: 1', { overrides: '{"parameter_group": "/pg.yml"}' });
  expect(resources).toHaveProperty('aws_elasticache_replication_group.shop.parameter_group_name', 'redis-pg');
});

test.each([
  ['{parameters: []}', 'name in /pg.yml is missing'],
  ['{name: x}', 'parameters in /pg.yml is missing'],
  ['{name: x, parameters: [1]}', 'parameters in /pg.yml must be an object, not 1'],
])('the group %s cannot be rendered: %s', (group, message) => {
  const files = { '/cache.yml': 'a: 1', '/pg.yml': group };
  expect(() => cache('', { parameter_group: '/pg.yml' }, { files })).toThrow(message);
});
