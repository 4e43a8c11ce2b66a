import type { Json, JsonObject } from '../../json.js';
import { formatKey, type InstanceKey } from '../address/address.js';
import {
  listAt,
  objectOf,
  optionalNumberAt,
  optionalTextAt,
  textAt,
  textItem,
  WrongShape,
} from '../shape.js';
import { providerReferences, type ProviderReference } from './provider-reference.js';
import type { StateInstance } from './state.js';

type ReadProvider = (text: string) => ProviderReference;

/** What all instances of a resource have in common. */
interface Resource {
  readonly path: string;
  readonly module: string;
  readonly mode: StateInstance['mode'];
  readonly type: string;
  readonly name: string;
  readonly provider: ProviderReference;
}

/**
 * Reads the resources of states. Those that several states of a root have to the letter alike, which are nearly all, are
 * read once and held once: their instances are the same objects.
 */
export class ResourceReader {
  readonly #known = new Map<string, readonly StateInstance[]>();
  readonly #readProvider = providerReferences();

  /** All objects of a resource. @param text its JSON @throws WrongShape, SyntaxError */
  read(text: string): readonly StateInstance[] {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const json = objectOf(JSON.parse(text) as Json);
    const resource = readResource(json, this.#readProvider);
    const instances = listAt(json, 'instances', (instance) =>
      readInstance(objectOf(instance), resource, this.#readProvider),
    );
    this.#known.set(text, instances);
    return instances;
  }
}

function readResource(json: JsonObject, readProvider: ReadProvider): Resource {
  const module = optionalTextAt(json, 'module') ?? '';
  const mode = textAt(json, 'mode');
  if (mode !== 'managed' && mode !== 'data') throw new WrongShape('mode', '"managed" or "data"');
  const type = textAt(json, 'type');
  const name = textAt(json, 'name');
  const prefix = `${module === '' ? '' : `${module}.`}${mode === 'data' ? 'data.' : ''}`;
  const provider = readProvider(textAt(json, 'provider'));
  return { path: `${prefix}${type}.${name}`, module, mode, type, name, provider };
}

function readInstance(json: JsonObject, resource: Resource, readProvider: ReadProvider): StateInstance {
  const { path, module, mode, type, name } = resource;
  const key = instanceKey(json['index_key']);
  const attributes = json['attributes'] ?? null;
  // OpenTofu writes the provider beside the instance where it depends on the instance's key.
  const ownProvider = optionalTextAt(json, 'provider');
  const provider = ownProvider === undefined ? resource.provider : readProvider(ownProvider);
  const values = attributes === null ? {} : objectOf(attributes, 'attributes');
  return {
    address: `${path}${formatKey(key)}`,
    module,
    mode,
    type,
    name,
    key,
    provider: provider.source,
    providerAlias: provider.alias,
    tainted: json['status'] === 'tainted',
    deposed: optionalTextAt(json, 'deposed'),
    schemaVersion: optionalNumberAt(json, 'schema_version'),
    attributes: values,
    sensitive: sensitiveNames(json),
    dependencies: listAt(json, 'dependencies', textItem),
    id: idOf(values),
  };
}

function instanceKey(value: Json | undefined): InstanceKey {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new WrongShape('index_key', 'a text or a number');
}

/** The first steps of the paths in `sensitive_attributes`: a mark somewhere inside makes the whole attribute sensitive. */
function sensitiveNames(json: JsonObject): string[] {
  const names = listAt(json, 'sensitive_attributes', (path) => {
    const first = Array.isArray(path) ? path[0] : undefined;
    return textAt(objectOf(first, '[0]'), 'value');
  });
  return names.length > 1 ? [...new Set(names)] : names;
}

function idOf({ id }: JsonObject): string | undefined {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
