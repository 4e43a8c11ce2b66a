import { formatModule, type InstanceKey, type ModulePath } from '../../terraform/address/address.js';
import { parseTarget } from '../../terraform/address/parse.js';
import { TfrepairError } from '../../errors.js';
import { InvalidState } from './invalid-state.js';

/** A module instance that resources of a state are in. */
export interface StateModule {
  readonly path: ModulePath;
  /** In Terraform's spelling; empty for the root. */
  readonly text: string;
}

/** The module instances of a state, numbered in the order in which they are met. */
export class Modules {
  readonly all: StateModule[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a module instance by its address, which need not be in Terraform's spelling. @throws InvalidState */
  numberOf(address: string): number {
    const known = this.#numbers.get(address);
    if (known !== undefined) return known;
    const path = parsePath(address);
    const text = formatModule(path);
    const number = this.#numbers.get(text) ?? this.all.push({ path, text }) - 1;
    this.#numbers.set(text, number);
    this.#numbers.set(address, number);
    return number;
  }

  /** The number of a module instance by its address in Terraform's spelling, if the state has resources in it. */
  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }
}

function parsePath(address: string): ModulePath {
  if (address === '') return [];
  try {
    const target = parseTarget(address);
    if (target.kind === 'module') return normalizePath(target.module);
  } catch (error) {
    if (!(error instanceof TfrepairError)) throw error;
  }
  throw new InvalidState(`a resource is in ${JSON.stringify(address)}, which is no address of a module`);
}

/** Keys in an address are in Unicode's composed form (NFC), as every string that Terraform has read from its language. */
export function normalizePath(path: ModulePath): ModulePath {
  return path.map(({ name, key }) => ({ name, key: normalizeKey(key) }));
}

export function normalizeKey(key: InstanceKey): InstanceKey {
  return typeof key === 'string' ? key.normalize('NFC') : key;
}
