import type { StateInstance } from '../terraform/state/state.js';
import { selectInstances } from './select-instances.js';
import type { InspectedState } from './read-state.js';

/** What `tfrepair state list` says. */
export interface StateList {
  readonly name: string;
  readonly serial: number;
  readonly lineage: string;
  readonly terraformVersion: string;
  readonly objects: readonly ListedObject[];
}

export interface ListedObject {
  readonly address: string;
  readonly type: string;
  readonly id?: string;
  readonly tainted?: true;
  /** The key of a deposed object. */
  readonly deposed?: string;
}

/** The objects of a state, in its order. @throws UsageError `AddressInvalid`, `AddressNotFound` */
export function listState({ name, state }: InspectedState, addresses: readonly string[]): StateList {
  const { serial, lineage, terraformVersion, instances } = state;
  return {
    ...{ name, serial, lineage, terraformVersion },
    objects: selectInstances(instances, addresses).map(listed),
  };
}

function listed({ address, type, id, tainted, deposed }: StateInstance): ListedObject {
  return {
    ...{ address, type, ...(id === undefined ? {} : { id }) },
    ...(tainted ? { tainted: true as const } : {}),
    ...(deposed === undefined ? {} : { deposed }),
  };
}
