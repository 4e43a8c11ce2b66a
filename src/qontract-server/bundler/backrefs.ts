import type { Value } from './value.js';
import { jsonPath, type Node } from './traverse.js';

/** The schema of a field that names a resource. */
const RESOURCE_REF = '/common-1.json#/definitions/resourceref';

/** The datafiles' references to resources, by the path of the resource. */
export class Backrefs {
  readonly #byResource = new Map<string, Value[]>();

  /** Notes the value if it is a reference to a resource. */
  visit(leaf: Node): void {
    const { data, file } = leaf;
    if (leaf.json.schema?.get('$ref') !== RESOURCE_REF) return;
    if (typeof data !== 'string' || data === '' || file.schema === undefined) return;
    const list = this.#byResource.get(data) ?? [];
    this.#byResource.set(data, list);
    list.push(
      new Map([
        ['path', file.path],
        ['datafileSchema', file.schema],
        ['jsonpath', jsonPath(leaf)],
      ]),
    );
  }

  of(resource: string): Value[] {
    return this.#byResource.get(resource) ?? [];
  }
}
