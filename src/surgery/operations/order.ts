import { formatModule, type InstanceKey } from '../../terraform/address/address.js';
import type { ResourceId, StateDocument } from '../document/state-document.js';
import type { DraftResource } from './draft.js';

/** In Terraform's order of resources in a state: by module, mode, type and name, as bytes. */
export function compareResources(a: ResourceId, b: ResourceId): number {
  return (
    compareText(a.module, b.module) ||
    compareText(a.mode, b.mode) ||
    compareText(a.type, b.type) ||
    compareText(a.name, b.name)
  );
}

/** In Terraform's order of instances in a resource: none, numbers, texts; then the current object before deposed ones. */
export function compareObjects(a: KeyedObject, b: KeyedObject): number {
  return compareKeys(a.key, b.key) || compareText(a.deposed ?? '', b.deposed ?? '');
}

/** An object of an instance, under the key that it will have. */
export interface KeyedObject {
  readonly object: number;
  readonly key: InstanceKey;
  readonly deposed: string | undefined;
}

/** The objects of a resource, in the order in which to write them. */
export function orderedObjects(document: StateDocument, resource: DraftResource): KeyedObject[] {
  const all = [...resource.instances.values()].flatMap(({ key, objects }) =>
    objects.map((object): KeyedObject => ({ object, key, deposed: document.deposedOf(object) })),
  );
  const stays = ({ object, key }: KeyedObject): boolean =>
    document.resourceOf(object) === resource.row && document.keyOf(object) === key;
  const staying = all.filter(stays).sort((a, b) => a.object - b.object);
  const coming = all.filter((object) => !stays(object)).sort(compareObjects);
  return [...merged(staying, coming, compareObjects)];
}

/** Those that stay keep their order, whatever it is; each that comes goes before the first that is greater. */
export function* merged<T>(
  staying: Iterable<T>,
  coming: readonly T[],
  compare: (a: T, b: T) => number,
): Iterable<T> {
  let next = 0;
  for (const item of staying) {
    for (let other = coming[next]; other !== undefined && compare(other, item) < 0; other = coming[next]) {
      yield other;
      next++;
    }
    yield item;
  }
  yield* coming.slice(next);
}

/** The address of a resource as an operation leaves it. */
export function idOfDraft({ place }: DraftResource): ResourceId {
  const { mode, type, name } = place;
  return { module: formatModule(place.module), mode, type, name };
}

function compareKeys(a: InstanceKey, b: InstanceKey): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return rankOf(a) - rankOf(b);
}

function rankOf(key: InstanceKey): number {
  return key === undefined ? 0 : typeof key === 'number' ? 1 : 2;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
