import { isAbsolute, join, resolve } from 'node:path';

import { FailedError } from '../../errors.js';
import type { JsonObject } from '../../json.js';
import type { Product } from '../executable.js';
import { Configuration } from './configuration.js';
import { literalText } from './literal.js';
import type { ModuleConfig } from './module-config.js';
import type { ModuleManifest } from './module-manifest.js';
import { providersOf } from './provider-source.js';
import { tooLarge } from './too-large.js';

/** Far beyond what anybody writes. */
const MAX_DEPTH = 32;
const MAX_MODULES = 20_000;
const MAX_RESOURCES = 1_000_000;

/** The configuration in a folder; undefined when there is no such folder, or none in it. */
export type ReadModule = (folder: string) => Promise<ModuleConfig | undefined>;

/** Where a tree of modules is rooted, and how it is read. */
export interface TreeSource {
  readonly root: ModuleConfig;
  /** Absolute. */
  readonly folder: string;
  readonly read: ReadModule;
  readonly manifest: ModuleManifest;
  readonly product: Product;
}

/** One module call. */
interface Step {
  /** Names of the calls from the root. */
  readonly path: readonly string[];
  readonly folder: string;
  readonly config: ModuleConfig;
  /** Folders from the root's down. */
  readonly callers: readonly string[];
}

/**
 * Follows the module calls of a root: local ones by their folder, downloaded ones by what `init` has recorded.
 *
 * @throws FailedError `ModuleCycle`, `ConfigurationTooLarge`, and what `read` throws
 */
export async function readTree(source: TreeSource): Promise<Configuration> {
  const tree = new Tree(source.product);
  const waiting: Step[] = [{ path: [], folder: source.folder, config: source.root, callers: [] }];
  for (const step of waiting) {
    tree.add(step);
    for (const [name, call] of step.config.calls) {
      const path = [...step.path, name];
      const folder = folderOf(call, path, step.folder, source);
      const config = folder === undefined ? undefined : await source.read(folder);
      if (folder === undefined || config === undefined) tree.unreadModules.push(moduleAddress(path));
      else waiting.push({ path, folder, config, callers: [...step.callers, step.folder] });
    }
  }
  return tree.configuration();
}

class Tree {
  readonly unreadModules: string[] = [];
  readonly #product: Product;
  readonly #resources = new Map<string, JsonObject>();
  readonly #calls = new Map<string, JsonObject>();
  readonly #providers = new Map<string, string>();
  readonly #requiredVersions = new Set<string>();
  #modules = 0;

  constructor(product: Product) {
    this.#product = product;
  }

  add({ path, folder, config, callers }: Step): void {
    this.#modules += 1;
    if (callers.includes(folder)) throw cycle(path, folder);
    if (path.length > MAX_DEPTH) throw tooLarge(`${MAX_DEPTH} levels of modules`);
    const prefix = path.length === 0 ? '' : `${moduleAddress(path)}.`;
    for (const [address, body] of config.resources) this.#resources.set(`${prefix}${address}`, body);
    for (const [name, call] of config.calls) this.#calls.set(moduleAddress([...path, name]), call);
    for (const version of config.requiredVersions) this.#requiredVersions.add(version);
    for (const [name, source] of providersOf(config, this.#product)) {
      if (!this.#providers.has(name)) this.#providers.set(name, source);
    }
    if (this.#modules > MAX_MODULES) throw tooLarge(`${MAX_MODULES} modules`);
    if (this.#resources.size > MAX_RESOURCES) throw tooLarge(`${MAX_RESOURCES} resources`);
  }

  configuration(): Configuration {
    return new Configuration({
      resources: this.#resources,
      calls: this.#calls,
      providers: this.#providers,
      requiredVersions: this.#requiredVersions,
      unreadModules: this.unreadModules,
    });
  }
}

/** Where a called module is; undefined when `init` has not put it anywhere. */
function folderOf(
  call: JsonObject,
  path: readonly string[],
  caller: string,
  { folder: root, manifest }: TreeSource,
): string | undefined {
  const source = literalText(call['source']) ?? '';
  if (/^\.\.?\//.test(source)) return join(caller, source);
  const recorded = manifest.get(path.join('.'));
  if (recorded === undefined) return undefined;
  return isAbsolute(recorded) ? recorded : resolve(root, recorded);
}

function moduleAddress(path: readonly string[]): string {
  return path.map((name) => `module.${name}`).join('.');
}

function cycle(path: readonly string[], folder: string): FailedError {
  return new FailedError('ModuleCycle', `${moduleAddress(path)} is called by itself (in ${folder})`, {
    hint: 'no configuration may contain itself: correct the source of that module',
  });
}
