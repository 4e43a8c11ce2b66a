import { FailedError } from '../../../errors.js';
import type { Json, JsonObject } from '../../../json.js';
import { expectList, expectObject } from '../../model/expect.js';
import { pythonJson, truthy } from '../../model/python.js';
import { clusterConfig, section, zoneCount } from './cluster-config.js';

/** Who may reach a domain is decided by its network and its users, not by this policy. */
const ACCESS_POLICY: JsonObject = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:*', Resource: '*' }],
};

/** The arguments of a domain that its merged values decide: whatever they leave out has a default here. */
export function domainArguments(values: JsonObject): JsonObject {
  const { elasticsearch_version = null, advanced_options: advanced } = values;
  const { enforce_https = true, tls_security_policy = 'Policy-Min-TLS-1-0-2019-07' } = section(
    values,
    'domain_endpoint_options',
  );
  const { automated_snapshot_start_hour = 23 } = section(values, 'snapshot_options');
  return {
    elasticsearch_version,
    ebs_options: ebsOptions(values),
    encrypt_at_rest: enabledUnlessOff(values, 'encrypt_at_rest'),
    node_to_node_encryption: enabledUnlessOff(values, 'node_to_node_encryption'),
    domain_endpoint_options: { enforce_https, tls_security_policy },
    cluster_config: clusterConfig(values),
    snapshot_options: { automated_snapshot_start_hour },
    vpc_options: vpcOptions(values),
    ...(advanced === undefined || advanced === null ? {} : { advanced_options: advanced }),
    access_policies: pythonJson(ACCESS_POLICY, { sortKeys: true }),
  };
}

function enabledUnlessOff(values: JsonObject, key: string): JsonObject {
  const { enabled = true } = section(values, key);
  return { enabled };
}

function ebsOptions(values: JsonObject): JsonObject {
  const { ebs_options: options } = values;
  if (!truthy(options)) return {};
  const {
    ebs_enabled = true,
    volume_size,
    volume_type = 'gp2',
    iops = 0,
  } = expectObject(options, 'ebs_options');
  if (!truthy(ebs_enabled)) return { ebs_enabled };
  if (volume_size === undefined || volume_size === null) {
    throw new FailedError(
      'ValueMissing',
      'ebs_options.volume_size is missing, though EBS storage is enabled',
    );
  }
  return { ebs_enabled, volume_size, volume_type, iops };
}

/** One subnet for each zone. @throws FailedError naming what does not fit */
function vpcOptions(values: JsonObject): JsonObject {
  const zones = zoneCount(values);
  const { subnet_ids: given, security_group_ids } = section(values, 'vpc_options');
  if (given === undefined || given === null) {
    throw new FailedError('ValueMissing', 'vpc_options.subnet_ids is missing: a domain needs subnets');
  }
  const subnet_ids = expectList(given, 'vpc_options.subnet_ids');
  const problem = misfit(subnet_ids.length, zones);
  if (problem !== undefined) {
    throw new FailedError(
      'SubnetsMismatch',
      `vpc_options.subnet_ids has ${subnet_ids.length} subnets, but ${problem}`,
    );
  }
  return security_group_ids === undefined || security_group_ids === null
    ? { subnet_ids }
    : { subnet_ids, security_group_ids };
}

function misfit(subnets: number, zones: Json | undefined): string | undefined {
  if (zones === undefined) return subnets > 1 ? 'zone_awareness_enabled is off' : undefined;
  return zones === subnets ? undefined : `availability_zone_count is ${JSON.stringify(zones)}`;
}
