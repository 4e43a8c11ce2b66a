import { isJsonObject, type Json, type JsonObject } from '../../json.js';
import { usesProviderV3, type RenderAccount } from './account.js';
import { expectObject } from './expect.js';
import { truthy } from './python.js';
import { specTags, type Spec } from './spec.js';

/**
 * Fields of a spec that take part in merging (app-interface-aws §4.2, step 5). Others, such as alb's `vpc` or msk's
 * `users`, are read from the spec directly.
 */
const MERGED_FIELDS = [
  ...['region', 'availability_zone', 'parameter_group', 'old_parameter_group', 'name', 'enhanced_monitoring'],
  ...[
    'replica_source',
    'output_resource_db_name',
    'reset_password',
    'ca_cert',
    'sqs_identifier',
    's3_events',
  ],
  ...['bucket_policy', 'event_notifications', 'storage_class', 'kms_encryption', 'variables', 'policies'],
  ...[
    'user_policy',
    'secrets_prefix',
    'es_identifier',
    'filter_pattern',
    'specs',
    'secret',
    'public',
    'domain',
  ],
  ...[
    'aws_infrastructure_access',
    'cloudinit_configs',
    'image',
    'assume_role',
    'inline_policy',
    'role_policy',
  ],
  ...['assume_condition', 'assume_action', 'api_proxy_uri', 'cognito_callback_bucket_name'],
  ...['openshift_ingress_load_balancer_arn', 'insights_callback_urls', 'domain_name', 'certificate_arn'],
  ...['vpc_id', 'subnet_ids', 'network_interface_ids', 'vpce_id', 'fifo_topic', 'subscriptions', 'records'],
  ...['extra_tags', 'lifecycle'],
];

/**
 * The values that a spec is rendered from: its `defaults` file, overlaid by its `overrides`, overlaid by its own fields
 * (app-interface-aws §4.2).
 *
 * @param defaults content of the `defaults` file, undefined when the spec names none; not changed
 */
export function mergedValues(
  spec: Spec,
  account: RenderAccount,
  defaults: JsonObject | undefined,
): JsonObject {
  const values = structuredClone(defaults ?? {});
  delete values['$schema'];
  foldDottedKeys(values);
  Object.assign(values, parsedJson(spec.fields['overrides']));
  values['identifier'] = spec.identifier;
  values['tags'] = specTags(spec);
  for (const field of MERGED_FIELDS) {
    const value = spec.fields[field];
    if (value !== undefined && value !== null) values[field] = structuredClone(value);
  }
  if (!usesProviderV3(account)) RENAMES[spec.provider]?.(values);
  return values;
}

/** A value that the spec gives itself: its field, else its overrides; undefined when only its defaults can have it. */
export function ownValue(spec: Spec, key: string): Json | undefined {
  return spec.fields[key] ?? parsedJson(spec.fields['overrides'])?.[key];
}

/**
 * A value deep inside; undefined when a key on the way is missing.
 *
 * @throws FailedError `ValueInvalid` when something on the way is no object
 */
export function valueAt(values: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = values;
  for (const [depth, key] of path.entries()) {
    if (value === undefined) return undefined;
    value = expectObject(value, path.slice(0, depth).join('.'))[key];
  }
  return value;
}

/** Takes a value out, as most renderers do with what is not an argument of the resource itself. */
export function take(values: JsonObject, key: string): Json | undefined {
  const value = values[key];
  Reflect.deleteProperty(values, key);
  return value;
}

/** A value that may be absent. One that is `null` is there, and stays null. */
export function valueOr(values: JsonObject, key: string, fallback: Json): Json {
  return values[key] === undefined ? fallback : values[key];
}

/** A field that GraphQL answers as JSON text (scalar `json`), parsed; undefined when not set. */
export function parsedJson(field: Json | undefined): JsonObject | undefined {
  if (typeof field !== 'string' || field === '') return undefined;
  const value = JSON.parse(field) as Json;
  return isJsonObject(value) ? value : undefined;
}

/** `a.b: 1` becomes `a: {b: 1}`; only the first two parts count. */
function foldDottedKeys(values: JsonObject): void {
  for (const [key, value] of Object.entries(values)) {
    const [first, second] = key.split('.');
    if (first === undefined || second === undefined) continue;
    const target = (values[first] ??= {});
    if (isJsonObject(target)) target[second] = value;
    Reflect.deleteProperty(values, key);
  }
}

/** Attributes that provider version 4 and later name differently from what the defaults files say. */
const RENAMES: Partial<Record<string, (values: JsonObject) => void>> = {
  rds(values) {
    const name = take(values, 'name');
    if (truthy(name)) values['db_name'] = name ?? null;
    if (truthy(values['replica_source'])) take(values, 'db_name');
  },
  elasticache(values) {
    rename(values, 'replication_group_description', 'description');
    rename(values, 'number_cache_clusters', 'num_cache_clusters');
    const clusterMode = take(values, 'cluster_mode');
    if (isJsonObject(clusterMode)) Object.assign(values, clusterMode);
    take(values, 'availability_zones');
  },
  msk(values) {
    const nodes = values['broker_node_group_info'];
    if (!isJsonObject(nodes)) return;
    const size = take(nodes, 'ebs_volume_size');
    if (size === undefined || !truthy(size)) return;
    const storage = objectAt(nodes, 'storage_info');
    objectAt(storage, 'ebs_storage_info')['volume_size'] = size;
  },
};

function rename(values: JsonObject, from: string, to: string): void {
  const value = take(values, from);
  if (value !== undefined && truthy(value)) values[to] = value;
}

/** The object at `key`, made when there is none. */
function objectAt(parent: JsonObject, key: string): JsonObject {
  const present = parent[key];
  if (isJsonObject(present)) return present;
  const made: JsonObject = {};
  parent[key] = made;
  return made;
}
