import type { JsonObject } from '../../json.js';
import { formatModule, type ModulePath } from '../address/address.js';
import { parseAddress } from '../address/parse.js';
import { withoutKeys } from '../address/without-keys.js';
import { literalArguments } from './literal.js';
import { hasInstance } from './wanted.js';

/** What a root and its modules want, by address. */
export class Configuration {
  /** Source addresses of the required providers, in full, by local name; the root's before those of its modules. */
  readonly providers: ReadonlyMap<string, string>;
  /** `required_version` of the root and its modules, as written; all of them hold. */
  readonly requiredVersion: string | undefined;
  /** Modules whose folder is not there, e.g. because they have not been downloaded. */
  readonly unreadModules: readonly string[];
  readonly #resources: ReadonlyMap<string, JsonObject>;
  readonly #calls: ReadonlyMap<string, JsonObject>;

  constructor(parts: {
    readonly resources: ReadonlyMap<string, JsonObject>;
    /** `module` blocks by the address of the module, without keys. */
    readonly calls: ReadonlyMap<string, JsonObject>;
    readonly providers: ReadonlyMap<string, string>;
    readonly requiredVersions: ReadonlySet<string>;
    readonly unreadModules: readonly string[];
  }) {
    this.#resources = parts.resources;
    this.#calls = parts.calls;
    this.providers = parts.providers;
    this.unreadModules = parts.unreadModules;
    const versions = [...parts.requiredVersions];
    this.requiredVersion = versions.length === 0 ? undefined : versions.join(', ');
  }

  /** Resources and data sources without instance keys, e.g. `module.a.aws_sqs_queue.q`. */
  get addresses(): readonly string[] {
    return [...this.#resources.keys()];
  }

  /**
   * Whether the configuration wants a resource, or may want it: of a module that could not be read nothing is known, and
   * nobody should be told that its resources are to be destroyed.
   */
  has(address: string): boolean {
    const resource = withoutKeys(address);
    return (
      this.#resources.has(resource) || this.unreadModules.some((module) => resource.startsWith(`${module}.`))
    );
  }

  /**
   * Whether the configuration wants this very instance: `count` and `for_each` of the resource and of its modules have to
   * give its keys.
   *
   * @returns undefined: that depends on values that are not written down, or on a module that could not be read
   * @throws UsageError `AddressInvalid`
   */
  wants(address: string): boolean | undefined {
    if (!this.has(address)) return false;
    const { module, key } = parseAddress(address);
    const body = this.#resources.get(withoutKeys(address));
    const answers = [
      ...module.map((_, i) => this.#wantsModule(module.slice(0, i + 1))),
      body === undefined ? undefined : hasInstance(body, key),
    ];
    if (answers.includes(false)) return false;
    return answers.includes(undefined) ? undefined : true;
  }

  #wantsModule(path: ModulePath): boolean | undefined {
    const call = this.#calls.get(withoutKeys(formatModule(path)));
    return call && hasInstance(call, path.at(-1)?.key);
  }

  /** The arguments that are written down literally; undefined when no such resource has been read. */
  arguments(address: string): Readonly<Record<string, unknown>> | undefined {
    const body = this.#resources.get(withoutKeys(address));
    return body && literalArguments(body);
  }
}
