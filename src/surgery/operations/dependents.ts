import { FailedError } from '../../errors.js';
import { formatAddress, formatModule, type ModulePath } from '../../terraform/address/address.js';
import { parseTarget } from '../../terraform/address/parse.js';
import type { Place } from './draft.js';
import type { StateDocument } from '../document/state-document.js';

/** Which current objects depend on a resource. Dependencies name blocks of the configuration: no instance keys. */
export class Dependents {
  /** By the address that they depend on, without keys. */
  #objects: Map<string, number[]> | undefined;

  constructor(private readonly document: StateDocument) {}

  /** Those that depend on the resource, or on any instance of it. */
  ofResource(place: Place): readonly number[] {
    return (
      this.objects.get(formatAddress({ ...place, module: withoutKeys(place.module), key: undefined })) ?? []
    );
  }

  /** Those that depend on anything in a module; an instance of a module with `count` or `for_each` has none. */
  ofModule(path: ModulePath): readonly number[] {
    if (path.some(({ key }) => key !== undefined)) return [];
    const prefix = `${formatModule(path)}.`;
    return [...this.objects].flatMap(([address, objects]) => (address.startsWith(prefix) ? objects : []));
  }

  private get objects(): Map<string, number[]> {
    return (this.#objects ??= readDependencies(this.document));
  }
}

function readDependencies(document: StateDocument): Map<string, number[]> {
  const spellings = new Map<string, string>();
  const all = new Map<string, number[]>();
  for (let object = 0; object < document.instanceCount; object++) {
    if (document.isDeposed(object)) continue;
    for (const text of document.dependenciesOf(object)) {
      const address = spellings.get(text) ?? blockAddress(text);
      spellings.set(text, address);
      const objects = all.get(address);
      if (objects === undefined) all.set(address, [object]);
      else objects.push(object);
    }
  }
  return all;
}

function blockAddress(text: string): string {
  const target = readDependency(text);
  if (target?.kind === 'resource') {
    const { address } = target;
    return formatAddress({ ...address, module: withoutKeys(address.module), key: undefined });
  }
  throw new FailedError('StateInvalid', `${JSON.stringify(text)} among the dependencies is no resource`, {
    hint: 'let "terraform apply -refresh-only" write the state anew',
  });
}

function readDependency(text: string): ReturnType<typeof parseTarget> | undefined {
  try {
    return parseTarget(text);
  } catch {
    return undefined;
  }
}

function withoutKeys(path: ModulePath): ModulePath {
  return path.map(({ name }) => ({ name, key: undefined }));
}
