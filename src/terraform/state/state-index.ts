import type { State, StateInstance } from './state.js';

/** Looks instances of a state up, in constant time each. */
export class StateIndex {
  readonly #byAddress: ReadonlyMap<string, readonly StateInstance[]>;
  readonly #byId: ReadonlyMap<string, readonly StateInstance[]>;

  constructor(state: State) {
    this.#byAddress = groupBy(state.instances, ({ address }) => address);
    this.#byId = groupBy(state.instances, ({ id }) => id);
  }

  /** The current object at an address; undefined when there is none, or only deposed ones. */
  current(address: string): StateInstance | undefined {
    return this.objects(address).find(({ deposed }) => deposed === undefined);
  }

  /** The current and the deposed objects at an address. */
  objects(address: string): readonly StateInstance[] {
    return this.#byAddress.get(address) ?? [];
  }

  /** Everything with this id, of any type: ids are unique in a type at best. */
  withId(id: string): readonly StateInstance[] {
    return this.#byId.get(id) ?? [];
  }
}

function groupBy(
  instances: readonly StateInstance[],
  keyOf: (instance: StateInstance) => string | undefined,
): Map<string, StateInstance[]> {
  const groups = new Map<string, StateInstance[]>();
  for (const instance of instances) {
    const key = keyOf(instance);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [instance]);
    else group.push(instance);
  }
  return groups;
}
