import { isJsonObject, type Json, type JsonObject } from '../../../json.js';
import { expectList, expectText } from '../../model/expect.js';
import { truthy } from '../../model/python.js';
import { valueOr } from '../../model/values.js';

const EXPIRY = 'noncurrent_version_expiration';

/** Versioned buckets do not keep old versions for ever. */
const EXPIRE_NONCURRENT: JsonObject = {
  id: 'expire_noncurrent_versions',
  enabled: 'true',
  [EXPIRY]: { days: 30 },
};

/**
 * A bucket's `lifecycle_rule`: its own rules, the expiry of old versions unless a rule has one, and the transition to
 * its storage class. Without own rules there is no expiry, and the transition stands alone, not in a list; the reconcile
 * loop renders it so. Undefined when there is none of all that.
 */
export function lifecycleRules(values: JsonObject): Json | undefined {
  const transition = storageClassRule(values);
  const own = values['lifecycle_rules'];
  if (own === undefined || !truthy(own)) return transition;
  const versioned = truthy(valueOr(values, 'versioning', true));
  const added = [
    ...(versioned && !expiresNoncurrent(own) ? [EXPIRE_NONCURRENT] : []),
    ...(transition === undefined ? [] : [transition]),
  ];
  return added.length === 0 ? own : [...expectList(own, 'lifecycle_rules'), ...added];
}

function expiresNoncurrent(rules: Json): boolean {
  return Array.isArray(rules) ? rules.some(expiresNoncurrent) : isJsonObject(rules) && EXPIRY in rules;
}

function storageClassRule(values: JsonObject): JsonObject | undefined {
  if (!truthy(values['storage_class'])) return undefined;
  const storageClass = expectText(values['storage_class'], 'storage_class').toUpperCase();
  // Objects must be 30 days old before they may move to a class for infrequent access.
  const days = storageClass.endsWith('_IA') ? '30' : '1';
  const transition = { days, storage_class: storageClass };
  return {
    id: `${storageClass}_storage_class`,
    enabled: 'true',
    transition,
    noncurrent_version_transition: transition,
  };
}
