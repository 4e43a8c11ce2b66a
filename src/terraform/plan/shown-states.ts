import { isJsonObject, type Json, type JsonObject } from '../../json.js';
import type { InstanceKey } from '../address/address.js';
import {
  listAt,
  objectOf,
  optionalNumberAt,
  optionalTextAt,
  textAt,
  textItem,
  WrongShape,
} from '../shape.js';
import type { State, StateInstance } from '../state/state.js';
import type { PlanStates } from './plan.js';

/**
 * The states in the answer of `terraform show -json PLAN`: `prior_state` is the refreshed one, and what `resource_drift` says
 * of the time before, put into it, gives the stored one. Aliases of providers are not in it, nor former addresses.
 *
 * @throws WrongShape
 */
export function shownStates(document: JsonObject): PlanStates {
  const terraformVersion = optionalTextAt(document, 'terraform_version') ?? '';
  const rootModule = at(at(document, 'prior_state'), 'values');
  const instances = moduleInstances(at(rootModule, 'root_module'));
  const refreshed: State = { terraformVersion, serial: 0, lineage: '', instances };
  return { refreshed, prior: { ...refreshed, instances: beforeDrift(instances, document) } };
}

function moduleInstances(module: JsonObject): StateInstance[] {
  const address = optionalTextAt(module, 'address') ?? '';
  const own = listAt(module, 'resources', (item) => {
    const resource = objectOf(item);
    return instanceOf(resource, address, { values: resource['values'], marks: resource['sensitive_values'] });
  });
  return [...own, ...listAt(module, 'child_modules', (child) => moduleInstances(objectOf(child))).flat()];
}

function beforeDrift(instances: readonly StateInstance[], document: JsonObject): StateInstance[] {
  const drifted = new Map<string, StateInstance>();
  listAt(document, 'resource_drift', (item) => {
    const resource = objectOf(item);
    const { before, before_sensitive: marks } = at(resource, 'change');
    if (!isJsonObject(before)) return;
    const module = optionalTextAt(resource, 'module_address') ?? '';
    const instance = instanceOf(resource, module, { values: before, marks });
    drifted.set(objectKey(instance), instance);
  });
  const kept = instances.map((instance) => {
    const before = drifted.get(objectKey(instance));
    drifted.delete(objectKey(instance));
    if (before === undefined) return instance;
    const { attributes, sensitive, id } = before;
    return { ...instance, attributes, sensitive, id };
  });
  // What is left was deleted outside.
  return [...kept, ...drifted.values()];
}

function instanceOf(
  resource: JsonObject,
  module: string,
  { values, marks }: { values: Json | undefined; marks: Json | undefined },
): StateInstance {
  const mode = textAt(resource, 'mode');
  if (mode !== 'managed' && mode !== 'data') throw new WrongShape('mode', '"managed" or "data"');
  const attributes = values === undefined || values === null ? {} : objectOf(values, 'values');
  const { id } = attributes;
  return {
    address: textAt(resource, 'address'),
    module,
    mode,
    type: textAt(resource, 'type'),
    name: textAt(resource, 'name'),
    key: keyOf(resource['index']),
    provider: optionalTextAt(resource, 'provider_name') ?? '',
    providerAlias: undefined,
    tainted: resource['tainted'] === true,
    deposed: optionalTextAt(resource, 'deposed_key') ?? optionalTextAt(resource, 'deposed'),
    schemaVersion: optionalNumberAt(resource, 'schema_version'),
    attributes,
    sensitive: isJsonObject(marks ?? null) ? markedNames(objectOf(marks)) : [],
    dependencies: listAt(resource, 'depends_on', textItem),
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
  };
}

function keyOf(index: Json | undefined): InstanceKey {
  return typeof index === 'string' || typeof index === 'number' ? index : undefined;
}

/** `sensitive_values` has the shape of the values, with `true` in place of those that are sensitive. */
function markedNames(marks: JsonObject): string[] {
  return Object.keys(marks).filter((name) => hasMark(marks[name]));
}

function hasMark(mark: Json | undefined): boolean {
  if (Array.isArray(mark)) return mark.some(hasMark);
  return isJsonObject(mark) ? Object.values(mark).some(hasMark) : mark === true;
}

function objectKey({ address, deposed }: StateInstance): string {
  return deposed === undefined ? address : `${address} ${deposed}`;
}

/** An object that is empty when absent. */
function at(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return value === undefined || value === null ? {} : objectOf(value, key);
}
