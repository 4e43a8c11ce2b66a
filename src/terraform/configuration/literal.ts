import { isJsonObject, type Json, type JsonObject } from '../../json.js';

/** Deeper values are of no use for recognising an object. */
const MAX_DEPTH = 16;

/** What is about the resource block, not about the object. */
const META_ARGUMENTS = new Set([
  ...['count', 'for_each', 'provider', 'depends_on', 'lifecycle', 'provisioner', 'connection', 'dynamic'],
  '//',
]);

/** The arguments of a resource that are written down literally; what refers to something else is left out. */
export function literalArguments(body: JsonObject): Readonly<Record<string, unknown>> {
  const literal = Object.entries(body).flatMap(([name, value]) => {
    const found = META_ARGUMENTS.has(name) ? undefined : literalOf(value, MAX_DEPTH);
    return found === undefined || found === null ? [] : [[name, found] as const];
  });
  return Object.fromEntries(literal);
}

/** The text of a literal string; undefined when it is none, or a template. */
export function literalText(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const isTemplate = /[$%]\{/.test(value.replaceAll(/\$\$\{|%%\{/g, ''));
  return isTemplate ? undefined : value.replaceAll(/([$%])\1\{/g, '$1{');
}

function literalOf(value: Json, depth: number): Json | undefined {
  if (typeof value === 'string') return literalText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return undefined;
  return isJsonObject(value) ? literalObject(value, depth) : literalList(value, depth);
}

function literalList(list: readonly Json[], depth: number): Json[] | undefined {
  const items: Json[] = [];
  for (const item of list) {
    const literal = literalOf(item, depth - 1);
    if (literal === undefined) return undefined;
    items.push(literal);
  }
  return items;
}

function literalObject(object: JsonObject, depth: number): JsonObject | undefined {
  const entries: [string, Json][] = [];
  for (const [key, value] of Object.entries(object)) {
    const name = literalText(key);
    const literal = literalOf(value, depth - 1);
    if (name === undefined || literal === undefined) return undefined;
    entries.push([name, literal]);
  }
  return Object.fromEntries(entries);
}
