import type { JsonObject } from '../../json.js';
import { withoutKeys } from '../address/without-keys.js';
import { literalArguments } from './literal.js';

/** What a root and its modules want, by address. */
export class Configuration {
  /** Source addresses of the required providers, in full, by local name; the root's before those of its modules. */
  readonly providers: ReadonlyMap<string, string>;
  /** `required_version` of the root and its modules, as written; all of them hold. */
  readonly requiredVersion: string | undefined;
  /** Modules whose folder is not there, e.g. because they have not been downloaded. */
  readonly unreadModules: readonly string[];
  readonly #resources: ReadonlyMap<string, JsonObject>;

  constructor(parts: {
    readonly resources: ReadonlyMap<string, JsonObject>;
    readonly providers: ReadonlyMap<string, string>;
    readonly requiredVersions: ReadonlySet<string>;
    readonly unreadModules: readonly string[];
  }) {
    this.#resources = parts.resources;
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

  /** The arguments that are written down literally; undefined when no such resource has been read. */
  arguments(address: string): Readonly<Record<string, unknown>> | undefined {
    const body = this.#resources.get(withoutKeys(address));
    return body && literalArguments(body);
  }
}
