import {
  formatAddress,
  formatKey,
  formatModule,
  type InstanceKey,
  type ModulePath,
  type ResourceAddress,
} from '../../terraform/address/address.js';
import type { StateDocument } from '../document/state-document.js';

/** A resource without an instance's key. */
export type Place = Omit<ResourceAddress, 'key'>;

/** An instance with its objects (the current and the deposed ones), by their numbers in the document. */
export interface DraftInstance {
  readonly key: InstanceKey;
  readonly objects: readonly number[];
}

/** A resource that an operation has looked at, as it will be. */
export interface DraftResource {
  /** The resource in the document of which it is made. */
  readonly row: number;
  place: Place;
  /** By their keys, as in addresses. */
  readonly instances: Map<string, DraftInstance>;
  /** The provider to write instead of that of `row`. */
  provider: string | undefined;
  /** Whether its list of instances is not that of `row` any more. */
  isRearranged: boolean;
}

/** What a state will be after some operations: the document, and what is different from it. */
export class Draft {
  /** undefined: nothing is there any more. */
  readonly #changed = new Map<string, DraftResource | undefined>();
  readonly #byRow = new Map<number, DraftResource | undefined>();
  /** How many resources each module instance has. */
  readonly #population = new Map<string, number>();
  /** Objects that are left. */
  #objects: number;
  /** What each provider of the document is written as, by what it was. */
  readonly providers = new Map<string, string>();
  /** Objects that lose their dependencies. */
  readonly withoutDependencies = new Set<number>();

  constructor(readonly document: StateDocument) {
    this.#objects = document.instanceCount;
    for (let row = 0; row < document.resourceCount; row++) this.count(document.moduleOf(row).text, 1);
  }

  get isEmpty(): boolean {
    return this.#objects === 0;
  }

  /** The resource at a place, to be read or changed. */
  find(place: Place): DraftResource | undefined {
    const text = placeText(place);
    if (this.#changed.has(text)) return this.#changed.get(text);
    const { mode, type, name } = place;
    const row = this.document.find({ module: formatModule(place.module), mode, type, name });
    return row === undefined ? undefined : this.open(row);
  }

  hasModule(path: ModulePath): boolean {
    return this.#population.has(formatModule(path));
  }

  /** The resources in those module instances whose paths the test accepts. */
  resourcesIn(accepts: (path: ModulePath) => boolean): DraftResource[] {
    const { modules } = this.document.parts;
    const accepted = new Set(modules.all.filter(({ path }) => accepts(path)));
    const found: DraftResource[] = [];
    for (let row = 0; row < this.document.resourceCount; row++) {
      if (!this.#byRow.has(row) && accepted.has(this.document.moduleOf(row))) this.open(row);
    }
    for (const resource of this.#changed.values()) {
      if (resource !== undefined && accepts(resource.place.module)) found.push(resource);
    }
    return found;
  }

  /** Takes an instance out of its resource, which goes too when it has no other. */
  removeInstance(resource: DraftResource, key: InstanceKey): DraftInstance | undefined {
    const instance = resource.instances.get(formatKey(key));
    if (instance === undefined) return undefined;
    resource.instances.delete(formatKey(key));
    resource.isRearranged = true;
    this.#objects -= instance.objects.length;
    if (resource.instances.size === 0) this.removeResource(resource);
    return instance;
  }

  addInstance(resource: DraftResource, instance: DraftInstance): void {
    resource.instances.set(formatKey(instance.key), instance);
    resource.isRearranged = true;
    this.#objects += instance.objects.length;
  }

  removeResource(resource: DraftResource): void {
    this.#changed.set(placeText(resource.place), undefined);
    this.count(formatModule(resource.place.module), -1);
  }

  addResource(resource: DraftResource): void {
    this.#changed.set(placeText(resource.place), resource);
    this.count(formatModule(resource.place.module), 1);
  }

  moveResource(resource: DraftResource, place: Place): void {
    this.removeResource(resource);
    resource.place = place;
    this.addResource(resource);
  }

  /** A resource that is made of the document's resource `row` and has no instances yet. */
  newResource(row: number, place: Place, provider: string | undefined): DraftResource {
    const resource = {
      row,
      place,
      instances: new Map<string, DraftInstance>(),
      provider,
      isRearranged: true,
    };
    this.addResource(resource);
    return resource;
  }

  /** What the document's resource `row` is now, where an operation has looked at it; undefined: it is as it was. */
  opened(row: number): { readonly resource: DraftResource | undefined } | undefined {
    return this.#byRow.has(row) ? { resource: this.#byRow.get(row) } : undefined;
  }

  /** All resources that operations have looked at and that are still there. */
  *live(): Iterable<DraftResource> {
    for (const resource of this.#changed.values()) if (resource !== undefined) yield resource;
  }

  private open(row: number): DraftResource {
    const { document } = this;
    const { mode, type, name } = document.idOf(row);
    const place: Place = { module: document.moduleOf(row).path, mode, type, name };
    const instances = instancesOf(document, row);
    const resource: DraftResource = { row, place, instances, provider: undefined, isRearranged: false };
    this.#byRow.set(row, resource);
    this.#changed.set(placeText(place), resource);
    return resource;
  }

  private count(module: string, change: number): void {
    const count = (this.#population.get(module) ?? 0) + change;
    if (count === 0) this.#population.delete(module);
    else this.#population.set(module, count);
  }
}

export function placeText(place: Place): string {
  return formatAddress({ ...place, key: undefined });
}

function instancesOf(document: StateDocument, row: number): Map<string, DraftInstance> {
  const instances = new Map<string, DraftInstance>();
  for (const object of document.instancesOf(row)) {
    const key = document.keyOf(object);
    const others = instances.get(formatKey(key))?.objects ?? [];
    instances.set(formatKey(key), { key, objects: [...others, object] });
  }
  return instances;
}
