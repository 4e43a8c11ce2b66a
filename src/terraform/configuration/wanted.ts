import type { Json, JsonObject } from '../../json.js';
import type { InstanceKey } from '../address/address.js';
import { literalText } from './literal.js';

/**
 * Whether a block has an instance of a key, by its `count` or `for_each`.
 *
 * @returns undefined: it depends on values that are known when terraform runs
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
 */
export function hasInstance(block: JsonObject, key: InstanceKey): boolean | undefined {
  const { count, for_each: each } = block;
  if (isGiven(each)) return typeof key === 'string' ? hasKey(each, key) : false;
  if (isGiven(count)) return typeof key === 'number' ? hasIndex(count, key) : false;
  return key === undefined;
}

function isGiven(argument: Json | undefined): argument is Json {
  return argument !== undefined && argument !== null;
}

function hasIndex(count: Json, index: number): boolean | undefined {
  const size = typeof count === 'string' && /^\d{1,9}$/.test(count) ? Number(count) : count;
  return typeof size === 'number' ? index < size : undefined;
}

function hasKey(each: Json, key: string): boolean | undefined {
  if (typeof each !== 'object' || each === null || Array.isArray(each)) return undefined;
  const names = Object.keys(each).map((name) => literalText(name));
  if (names.includes(key)) return true;
  return names.includes(undefined) ? undefined : false;
}
