import { Backrefs } from './backrefs.js';
import { GraphqlTypes } from './graphql-types.js';
import { Identifiers } from './identifiers.js';
import { CHECKSUM, type Tree } from './read-tree.js';
import { fileError } from './source-error.js';
import { traverse } from './traverse.js';
import { isMapping, textField } from './value.js';

/** Schemas of datafiles name this one; the others (meta-schemas, common definitions) name none of ours. */
const METASCHEMA = '/metaschema-1.json';

/**
 * Adds to a tree what its parts say of each other: the checksum to the schemas of datafiles, the resources' backrefs,
 * and the `__identifier` of list items.
 *
 * @throws FailedError `BundleSource` for a schema that cannot take the checksum
 */
export function postprocess(tree: Tree): void {
  allowChecksum(tree);
  const parts = { ...tree, types: new GraphqlTypes(tree.graphql) };
  const backrefs = new Backrefs();
  const identifiers = new Identifiers(parts);
  traverse(parts, (leaf) => {
    backrefs.visit(leaf);
    identifiers.visit(leaf);
  });
  for (const [path, resource] of tree.resources) resource.set('backrefs', backrefs.of(path));
  identifiers.apply();
}

function allowChecksum({ schemas }: Tree): void {
  for (const [path, schema] of schemas) {
    const metaschema = textField(schema, '$schema');
    if (metaschema === undefined) throw fileError(`schemas${path}`, 'a schema without $schema');
    if (metaschema !== METASCHEMA) continue;
    const properties = schema.get('properties');
    if (!isMapping(properties)) throw fileError(`schemas${path}`, 'a schema of datafiles without properties');
    properties.set(
      CHECKSUM,
      new Map([
        ['type', 'string'],
        ['description', 'sha256sum of the datafile'],
      ]),
    );
  }
}
