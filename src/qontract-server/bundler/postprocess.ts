import { Backrefs } from './backrefs.js';
import { GraphqlTypes } from './graphql-types.js';
import { Identifiers } from './identifiers.js';
import type { Tree } from './read-tree.js';
import { Traversal } from './traverse.js';
import { unhurried } from './unhurried.js';

/**
 * Adds to a tree what its parts say of each other: the resources' backrefs, and the `__identifier` of list items.
 */
export async function postprocess(tree: Tree): Promise<void> {
  const parts = { ...tree, types: new GraphqlTypes(tree.graphql) };
  const backrefs = new Backrefs();
  const identifiers = new Identifiers(parts);
  const traversal = new Traversal(parts, (leaf) => {
    backrefs.visit(leaf);
    identifiers.visit(leaf);
  });
  for await (const [path, data] of unhurried(tree.data)) traversal.visitFile(path, data);
  for (const [path, resource] of tree.resources) resource.set('backrefs', backrefs.of(path));
  identifiers.apply();
}
