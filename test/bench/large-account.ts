import { readFile, writeFile } from 'node:fs/promises';

import { isJsonObject, type Json, type JsonObject } from '../../src/json.js';

/** Resources in a namespace of app-interface, at most. */
const PER_NAMESPACE = 100;

/** Writes a bundle like another one, in which a namespace's first resource comes again and again in namespaces of its own. */
export async function writeLargeBundle(
  from: string,
  to: string,
  namespacePath: string,
  specs: number,
): Promise<void> {
  const bundle = JSON.parse(await readFile(from, 'utf8')) as { data: Record<string, JsonObject> };
  const model = bundle.data[namespacePath];
  if (model === undefined) throw new Error(`the bundle has no ${namespacePath}`);
  for (let start = 0; start < specs; start += PER_NAMESPACE) {
    const path = namespacePath.replace('.yml', `-${start}.yml`);
    const count = Math.min(PER_NAMESPACE, specs - start);
    bundle.data[path] = copyOf(model, `large-${start}`, start, count);
  }
  await writeFile(to, JSON.stringify(bundle));
}

function copyOf(model: JsonObject, name: string, start: number, count: number): JsonObject {
  const [group] = Array.isArray(model['externalResources']) ? model['externalResources'] : [];
  if (!isJsonObject(group) || !Array.isArray(group['resources'])) throw new Error('nothing to copy');
  const [resource] = group['resources'];
  const resources = Array.from({ length: count }, (_, index) => renamed(resource, `-${start + index}`));
  return { ...model, name, externalResources: [{ ...group, resources }] };
}

/** The same resource under another identifier, with queues of other names. */
function renamed(resource: Json | undefined, suffix: string): Json {
  if (!isJsonObject(resource)) throw new Error('a resource must be an object');
  const text = JSON.stringify(resource);
  const names = new Set(text.match(/"(?:identifier|value)":\s*"[^"]+"/g));
  return JSON.parse(
    [...names].reduce((all, name) => all.replaceAll(name, name.replace(/"$/, `${suffix}"`)), text),
  ) as Json;
}
