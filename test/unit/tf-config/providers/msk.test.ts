import { describe, expect, test } from '@jest/globals';

import type { Answer } from '../../../../src/tf-config/model/need.js';
import { renderOne, type Rendered, type World } from '../../../support/render-one.js';

const CLUSTER = {
  kafka_version: '3.5.1',
  number_of_broker_nodes: 2,
  broker_node_group_info: { client_subnets: ['a', 'b'] },
  server_properties: '',
};
const SCRAM = { client_authentication: { sasl: { scram: true } } };
const USERS = ['ann', 'bob'].map((name) => ({
  name,
  secret: { path: `kafka/${name}`, field: 'all', version: null, format: null },
}));

function kafka(more: object, fields: Record<string, unknown> = {}, world: World = {}): Rendered {
  const files = { '/msk.yml': JSON.stringify({ ...CLUSTER, ...more }) };
  return renderOne(
    { provider: 'msk', identifier: 'events', defaults: '/msk.yml', ...fields },
    { files, ...world },
  );
}

function secret(value: Record<string, string>): World {
  return { answer: (): Answer => ({ known: true, value }) };
}

describe('users', () => {
  test('their secrets are asked for only when SCRAM is on', () => {
    expect(kafka({}, { users: USERS }).needs).toEqual([]);
    expect(kafka(SCRAM, { users: USERS }).needs).toEqual(
      USERS.map(({ secret: reference }) => ({ kind: 'secret', secret: reference })),
    );
  });

  test('credentials are one sensitive variable each', () => {
    const world = { ...secret({ username: 'u', password: 'p' }), plainSecrets: false };
    const { resources, variables } = kafka(SCRAM, { users: USERS }, world);
    expect(resources).toHaveProperty(
      'aws_secretsmanager_secret_version.AmazonMSK_events-ann.secret_string',
      '${var.events_msk__scram_ann}',
    );
    expect(variables).toEqual(
      ['ann', 'bob'].map((name) => ({
        name: `events_msk__scram_${name}`,
        sensitive: true,
        value: '{"password": "p", "username": "u"}',
      })),
    );
  });

  test('credentials that nobody could read are sensitive placeholder variables', () => {
    const { variables, unknowns } = kafka(SCRAM, { users: USERS.slice(0, 1) });
    expect(variables).toEqual([{ name: 'events_msk__scram_ann', sensitive: true, value: undefined }]);
    expect(unknowns).toEqual([
      { what: 'scram_ann', why: 'it was not asked for', instead: 'placeholder variable' },
    ]);
  });

  test.each([
    [{ username: 'u' }],
    [{ username: 'u', password: 'p', note: 'n' }],
    [{ user: 'u', password: 'p' }],
  ])('a secret with the keys of %j is refused, and its values are not told', (value) => {
    expect(() => kafka(SCRAM, { users: USERS }, secret({ ...value, user: 'CANARY' }))).toThrow(
      /^\[acme\] namespace shop, msk "events": the secret kafka\/ann of user "ann" must have the keys username and password, and no others$/,
    );
  });
});

describe('logs of the brokers', () => {
  const logs = (cloudwatch: object): object => ({
    logging_info: { broker_logs: { cloudwatch_logs: cloudwatch } },
  });

  test('go to a group that keeps them as long as the values say', () => {
    const { resources } = kafka(logs({ enabled: true, retention_in_days: 5 }));
    expect(resources).toMatchObject({
      aws_cloudwatch_log_group: { events: { name: 'events-msk-broker-logs', retention_in_days: 5 } },
    });
    expect(resources).toHaveProperty('aws_msk_cluster.events.logging_info.broker_logs.cloudwatch_logs', {
      enabled: true,
      log_group: 'events-msk-broker-logs',
    });
  });

  test('that are off leave the values alone', () => {
    const off = logs({ enabled: false, retention_in_days: 5 });
    const { resources } = kafka(off);
    expect(resources).not.toHaveProperty('aws_cloudwatch_log_group');
    expect(resources).toMatchObject({ aws_msk_cluster: { events: off } });
  });

  test('that are on need a retention', () => {
    expect(() => kafka(logs({ enabled: true }))).toThrow('retention_in_days of cloudwatch_logs is missing');
  });
});

test('the configuration has the version in its name, and the properties out of the cluster', () => {
  const { resources } = kafka({ kafka_version: '3.6.0', server_properties: null });
  expect(resources).toMatchObject({
    aws_msk_configuration: { 'events-3-6-0': { kafka_versions: ['3.6.0'], server_properties: null } },
  });
  expect(resources).not.toHaveProperty('aws_msk_cluster.events.server_properties');
});

test('a region becomes an argument that terraform refuses, which is warned of; there is no provider alias', () => {
  const account = { supportedDeploymentRegions: ['us-east-1'] };
  const { resources, warnings } = kafka({}, { region: 'us-east-1' }, { account });
  expect(resources).toHaveProperty('aws_msk_cluster.events.region', 'us-east-1');
  expect(resources).not.toHaveProperty('aws_msk_cluster.events.provider');
  expect(warnings).toEqual(['terraform will refuse region, which the cluster gets as an argument']);
});

test.each([
  [{ number_of_broker_nodes: 3 }, 'number_of_broker_nodes is 3'],
  [{ broker_node_group_info: { client_subnets: [] } }, 'the number of client_subnets, 0'],
  [{ broker_node_group_info: {} }, 'broker_node_group_info.client_subnets is missing'],
  [{ kafka_version: 3.5 }, 'kafka_version must be text, not 3.5'],
  [{ client_authentication: null }, 'client_authentication must be an object, not null'],
  [{ client_authentication: { sasl: 'x' } }, 'client_authentication.sasl must be an object, not "x"'],
])('%j is refused: %s', (more, message) => {
  expect(() => kafka(more)).toThrow(message);
});
