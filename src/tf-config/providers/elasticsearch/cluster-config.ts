import { FailedError } from '../../../errors.js';
import type { Json, JsonObject } from '../../../json.js';
import { expectObject } from '../../model/expect.js';
import { truthy } from '../../model/python.js';

const DEFAULT_INSTANCE_TYPE = 't2.small.elasticsearch';

/** The argument `cluster_config`. @throws FailedError when cold storage is asked for without what it stands on */
export function clusterConfig(values: JsonObject): JsonObject {
  const settings = section(values, 'cluster_config');
  const { instance_type = DEFAULT_INSTANCE_TYPE, instance_count = 3 } = settings;
  const zones = zoneCount(values);
  const masters = dedicatedMasters(settings);
  const warm = warmNodes(settings);
  return {
    ...{ instance_type, instance_count, zone_awareness_enabled: zoneAwareness(settings) },
    ...masters,
    ...(zones === undefined ? {} : { zone_awareness_config: { availability_zone_count: zones } }),
    ...warm,
    ...coldStorage(settings, { dedicated_master_enabled: masters, warm_enabled: warm }),
  };
}

/** Over how many zones the cluster is spread; undefined when it is not zone-aware. */
export function zoneCount(values: JsonObject): Json | undefined {
  const settings = section(values, 'cluster_config');
  if (!truthy(zoneAwareness(settings))) return undefined;
  const { availability_zone_count = 3 } = section(settings, 'zone_awareness_config');
  return availability_zone_count;
}

function zoneAwareness({ zone_awareness_enabled = true }: JsonObject): Json {
  return zone_awareness_enabled;
}

function dedicatedMasters(settings: JsonObject): JsonObject | undefined {
  const {
    dedicated_master_enabled = true,
    dedicated_master_type = DEFAULT_INSTANCE_TYPE,
    dedicated_master_count = 3,
  } = settings;
  if (!truthy(dedicated_master_enabled)) return undefined;
  return { dedicated_master_enabled, dedicated_master_type, dedicated_master_count };
}

function warmNodes(settings: JsonObject): JsonObject | undefined {
  const { warm_enabled, warm_type = 'ultrawarm1.medium.elasticsearch', warm_count = 2 } = settings;
  if (warm_enabled === undefined || !truthy(warm_enabled)) return undefined;
  return { warm_enabled, warm_type, warm_count };
}

/** @param premises what cold storage stands on, by the setting that switches it on */
function coldStorage(
  settings: JsonObject,
  premises: Readonly<Record<string, JsonObject | undefined>>,
): JsonObject | undefined {
  if (!truthy(section(settings, 'cold_storage_options')['enabled'])) return undefined;
  for (const [premise, given] of Object.entries(premises)) {
    if (given !== undefined) continue;
    throw new FailedError('ColdStorageImpossible', `cold_storage_options needs ${premise}, which is off`, {
      hint: `set cluster_config.${premise} to true, or disable cold storage`,
    });
  }
  return { cold_storage_options: { enabled: true } };
}

/** A group of settings; empty when there is none. @throws FailedError when it is something else */
export function section(values: JsonObject, key: string): JsonObject {
  const { [key]: group = {} } = values;
  return expectObject(group, key);
}
