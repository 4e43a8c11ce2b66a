import { isSensitive, MASK } from '../diagnosis/masking/secret-values.js';
import { isSensitiveName, looksSecret } from '../diagnosis/masking/sensitive-names.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import type { StateInstance } from '../terraform/state/state.js';
import { selectInstances } from './select-instances.js';
import type { InspectedState } from './read-state.js';

/** An object of a state, without the values of its secrets. */
export interface ShownObject {
  readonly address: string;
  readonly provider: string;
  readonly schemaVersion: number;
  readonly tainted?: true;
  readonly deposed?: string;
  readonly dependencies: readonly string[];
  readonly attributes: JsonObject;
}

/** What `tfrepair state show` says. */
export interface StateShow {
  readonly name: string;
  readonly objects: readonly ShownObject[];
}

/** The objects at addresses, with secrets masked. @throws UsageError `AddressInvalid`, `AddressNotFound` */
export function showState({ name, state }: InspectedState, addresses: readonly string[]): StateShow {
  return { name, objects: selectInstances(state.instances, addresses).map(shown) };
}

function shown(instance: StateInstance): ShownObject {
  const { address, provider, schemaVersion, tainted, deposed, dependencies, attributes } = instance;
  const masked = Object.entries(attributes).map(([name, value]): [string, Json] => [
    name,
    isSensitive(instance, name) ? maskOf(value) : maskedIn(value),
  ]);
  return {
    ...{ address, provider, schemaVersion, dependencies },
    ...(tainted ? { tainted: true as const } : {}),
    ...(deposed === undefined ? {} : { deposed }),
    attributes: Object.fromEntries(masked),
  };
}

/** That there is no value is no secret. */
function maskOf(value: Json): Json {
  return value === null || value === '' ? value : MASK;
}

function maskedIn(value: Json): Json {
  if (typeof value === 'string') return looksSecret(value) ? MASK : value;
  if (Array.isArray(value)) return value.map(maskedIn);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isSensitiveName(key) ? maskOf(inner) : maskedIn(inner),
    ]),
  );
}
