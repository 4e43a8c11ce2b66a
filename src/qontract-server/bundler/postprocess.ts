import { Backrefs } from './backrefs.js';
import { GraphqlTypes } from './graphql-types.js';
import { Identifiers } from './identifiers.js';
import type { Tree } from './read-tree.js';
import { traverse } from './traverse.js';

/**
 * Adds to a tree what its parts say of each other: the resources' backrefs, and the `__identifier` of list items.
 */
export function postprocess(tree: Tree): void {
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
