import * as v from 'valibot';

import { FailedError } from '../../../errors.js';
import type { JsonObject } from '../../../json.js';
import { commonOutputs } from '../../model/common-outputs.js';
import { defineProvider, field } from '../../model/define-provider.js';
import type { BlockHandle } from '../../model/document.js';
import { expectList, expectNumber, expectObject, expectPresent, expectText } from '../../model/expect.js';
import type { RenderContext } from '../../model/provider.js';
import { truthy } from '../../model/python.js';
import { outputPrefix, specTags, type Spec } from '../../model/spec.js';
import { take, valueAt } from '../../model/values.js';
import { scramEnabled, ScramUser, scramUserNeeds, scramUsers } from './scram.js';

const CLIENT_ATTRIBUTES = [
  'zookeeper_connect_string',
  'zookeeper_connect_string_tls',
  'bootstrap_brokers',
  'bootstrap_brokers_tls',
  'bootstrap_brokers_sasl_iam',
  'bootstrap_brokers_sasl_scram',
];

/** A Kafka cluster with its configuration, log group and SCRAM users. Its resources never name a provider alias. */
export const msk = defineProvider({
  provider: 'msk',
  graphqlType: 'NamespaceTerraformResourceMsk_v1',
  selection: 'region defaults users { name secret { path field version format } } managed_by_erv2',
  fields: { region: field.text, defaults: field.text, users: v.nullish(v.array(ScramUser)) },
  needs: (spec, input) => (scramEnabled(input.values()) ? scramUserNeeds(spec.own.users ?? []) : []),

  render(spec, context) {
    commonOutputs(spec, context);
    const values = { cluster_name: spec.identifier, ...context.values() };
    take(values, 'identifier');
    checkBrokers(values);
    if ('region' in values)
      context.warn('terraform will refuse region, which the cluster gets as an argument');
    const configuration = takeConfiguration(spec, values, context);
    logGroup(spec, values, context);
    const cluster = context.resource('aws_msk_cluster', spec.identifier, {
      ...values,
      configuration_info: {
        arn: configuration.ref('arn'),
        revision: configuration.ref('latest_revision'),
      },
    });
    if (scramEnabled(values)) scramUsers(spec, spec.own.users ?? [], cluster, context);
    for (const attribute of CLIENT_ATTRIBUTES) {
      context.output(`${outputPrefix(spec)}__${attribute}`, cluster.refOrOwn(attribute));
    }
  },
});

/** @throws FailedError `BrokersInvalid` */
function checkBrokers(values: JsonObject): void {
  const brokers = expectNumber(values['number_of_broker_nodes'], 'number_of_broker_nodes');
  const nodes = expectObject(values['broker_node_group_info'], 'broker_node_group_info');
  const subnets = expectList(nodes['client_subnets'], 'broker_node_group_info.client_subnets').length;
  if (subnets > 0 && brokers % subnets === 0) return;
  throw new FailedError(
    'BrokersInvalid',
    `number_of_broker_nodes is ${brokers}, which is not a multiple of the number of client_subnets, ${subnets}`,
  );
}

/** The version is part of the name, so that an upgrade makes the new configuration before the cluster takes it. */
function takeConfiguration(spec: Spec, values: JsonObject, context: RenderContext): BlockHandle {
  const version = expectText(values['kafka_version'], 'kafka_version');
  const name = `${spec.identifier}-${version.replaceAll('.', '-')}`;
  return context.resource('aws_msk_configuration', name, {
    name,
    kafka_versions: [version],
    server_properties: expectPresent(take(values, 'server_properties'), 'server_properties'),
    lifecycle: { create_before_destroy: true },
  });
}

/** The group that brokers log to. Its name goes into the values, and how long it keeps logs comes out of them. */
function logGroup(spec: Spec, values: JsonObject, context: RenderContext): void {
  const logs = valueAt(values, ['logging_info', 'broker_logs', 'cloudwatch_logs']) ?? {};
  const settings = expectObject(logs, 'logging_info.broker_logs.cloudwatch_logs');
  if (!truthy(settings['enabled'])) return;
  const name = `${spec.identifier}-msk-broker-logs`;
  context.resource('aws_cloudwatch_log_group', spec.identifier, {
    name,
    tags: specTags(spec),
    retention_in_days: expectPresent(
      take(settings, 'retention_in_days'),
      'retention_in_days of cloudwatch_logs',
    ),
  });
  settings['log_group'] = name;
}
