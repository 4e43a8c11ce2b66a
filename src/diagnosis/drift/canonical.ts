import { isJsonObject, type Json } from '../../json.js';

/** Longer texts are compared as they are. */
const MAX_JSON = 1_000_000;

/** Lists whose order means something; all others are taken for sets, which the state does not tell apart. */
const ORDERED = /^(layers|command|entry_point|args|arguments|ordered_|member|origin_group)/;

/** Elements of a policy that may be one text or a list of one. */
const POLICY_LISTS = new Set([
  'Statement',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'AWS',
  'Service',
  'Federated',
]);

/**
 * The meaning of an attribute's value as JSON text: equal texts mean the same to Terraform and its providers. Null,
 * empty text, empty lists and maps, `false` and 0 are nothing; numbers are as their texts; sets have no order; JSON
 * in a text (a policy) is compared as JSON. Undefined: it means nothing.
 */
export function meaningOf(name: string, value: Json | undefined): string | undefined {
  const canonical = canonicalOf(name, value);
  return canonical === undefined ? undefined : JSON.stringify(canonical);
}

function canonicalOf(name: string, value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || value === false || value === 0 || value === '')
    return undefined;
  if (typeof value === 'string') return ofText(name, value);
  if (Array.isArray(value)) return ofList(name, value);
  return isJsonObject(value) ? ofObject(value) : String(value);
}

function ofText(name: string, text: string): Json | undefined {
  const parsed = jsonIn(text);
  if (parsed !== undefined) return canonicalOf(name, parsed);
  return text === 'false' || text === '0' ? undefined : text;
}

function ofList(name: string, list: readonly Json[]): Json | undefined {
  const items = list
    .map((item) => canonicalItem(name, item))
    .filter((item): item is Json => item !== undefined);
  if (items.length === 0) return undefined;
  if (items.length === 1 && POLICY_LISTS.has(name)) return items[0];
  return ORDERED.test(name) ? items : items.sort(byText);
}

/** In a list `false` and 0 are values like others. */
function canonicalItem(name: string, item: Json): Json | undefined {
  return typeof item === 'number' || typeof item === 'boolean' ? String(item) : canonicalOf(name, item);
}

function byText(left: Json, right: Json): number {
  const [a, b] = [JSON.stringify(left), JSON.stringify(right)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function ofObject(object: Readonly<Record<string, Json>>): Json | undefined {
  const entries: [string, Json][] = [];
  for (const key of Object.keys(object).sort()) {
    const value = canonicalOf(key, object[key]);
    if (value !== undefined) entries.push([key, value]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The JSON object or array that a text holds. */
export function jsonIn(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text) || text.length > MAX_JSON) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
