import { isJsonObject, type Json } from '../../json.js';
import type { StateInstance } from '../../terraform/state/state.js';
import { meaningOf } from '../drift/canonical.js';
import { own } from '../own.js';
import { nameOf, type Values } from '../naming.js';

/** A planned create. */
export interface Wanted {
  readonly address: string;
  readonly type: string;
  /** Its literal arguments. */
  readonly values: Values;
}

export interface Likeness {
  /** `same-name`: so AWS takes them for one. `all`: there is no name, all else is equal. `but-name`: only the name is not. */
  readonly alike: 'same-name' | 'all' | 'but-name';
  /** The arguments that are equal. */
  readonly same: readonly string[];
  /** Equal arguments less unequal ones. */
  readonly score: number;
}

/** How far an object is what a resource wants; undefined: not enough to say so. */
export function likeness({ attributes }: StateInstance, { values }: Wanted): Likeness | undefined {
  const name = nameOf(values);
  const oldName = name === undefined ? undefined : attributes[name.argument];
  const compared = Object.keys(values).filter((key) => isComparable(own(attributes, key), values[key]));
  const same = compared.filter((key) => isSame(key, attributes[key], values[key]));
  const unequal = compared.filter((key) => !same.includes(key));
  const score = same.length - unequal.length;
  if (name !== undefined && oldName === name.name) return { alike: 'same-name', same, score };
  if (!same.includes('tags') && !same.includes('description')) return undefined;
  if (name === undefined) return unequal.length === 0 ? { alike: 'all', same, score } : undefined;
  const fromName = typeof oldName === 'string' ? oldName : undefined;
  const isNameOnly = unequal.every((key) => isRenamed(attributes[key], values[key], fromName, name.name));
  return isNameOnly ? { alike: 'but-name', same, score } : undefined;
}

/** Blocks are written otherwise than they are stored, so only what is no block tells something. */
function isComparable(stored: Json | undefined, value: unknown): boolean {
  if (stored === undefined) return false;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return isJsonObject(stored);
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object');
  if (typeof value === 'string') return !/[$%]\{/.test(value);
  return value !== null && value !== undefined;
}

function isSame(key: string, stored: Json | undefined, wanted: unknown): boolean {
  return isJson(wanted) && meaningOf(key, stored) === meaningOf(key, wanted);
}

/** Whether a value differs only where it has the name in it. */
function isRenamed(stored: Json | undefined, wanted: unknown, old: string | undefined, now: string): boolean {
  if (old === undefined || typeof stored !== 'string' || typeof wanted !== 'string') return false;
  return meaningOf('', stored.replaceAll(old, now)) === meaningOf('', wanted);
}

function isJson(value: unknown): value is Json {
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isJson);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
