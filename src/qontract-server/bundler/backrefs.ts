import type { Mapping, Value } from './value.js';
import { isTruthy } from './schema-of.js';
import { jsonPath, type Node } from './traverse.js';

/** The schema of a field that names a resource. */
const RESOURCE_REF = '/common-1.json#/definitions/resourceref';

/** The datafiles' references to resources, by the path of the resource. */
export class Backrefs {
  readonly #byResource = new Map<string, Value[]>();

  /** Notes the value if it is a reference to a resource. */
  visit(leaf: Node): void {
    const { data, fileSchema } = leaf;
    if (leaf.schema?.get('$ref') !== RESOURCE_REF || typeof data !== 'string') return;
    if (!isTruthy(data) || fileSchema === undefined) return;
    const list = this.#byResource.get(data) ?? [];
    this.#byResource.set(data, list);
    list.push(backref(leaf, fileSchema));
  }

  of(resource: string): Value[] {
    return this.#byResource.get(resource) ?? [];
  }
}

function backref(leaf: Node, fileSchema: string): Mapping {
  return new Map([
    ['path', leaf.path],
    ['datafileSchema', fileSchema],
    ['jsonpath', jsonPath(leaf)],
  ]);
}
