import type { BundleProblem } from './bundle.js';
import type { Datafiles } from './datafiles.js';
import { isReference, referencedPath } from './reference.js';

/**
 * The references to datafiles that the bundle does not have, file by file. The server answers them with null.
 * References within a document (`#/…`, as in an embedded JSON schema) are not for the server and are passed over.
 */
export function danglingReferences(datafiles: Datafiles): BundleProblem[] {
  const problems: BundleProblem[] = [];
  for (const datafile of datafiles.referringElsewhere()) {
    const file = datafile.path;
    for (const { field, target } of locate(datafile, datafiles)) {
      const message = `datafile ${file} refers to ${target} in ${field}, which the bundle does not have`;
      problems.push({ file, field, message });
    }
  }
  return problems;
}

function isDangling(ref: unknown, datafiles: Datafiles): boolean {
  if (typeof ref !== 'string') return true;
  return !datafiles.has(ref) && !ref.startsWith('#') && !datafiles.has(referencedPath(ref));
}

/** The dangling references of one datafile, with the path of each, in the order of the document. */
function locate(root: object, datafiles: Datafiles): { readonly field: string; readonly target: string }[] {
  const found: { field: string; target: string }[] = [];
  const open: { node: object; field: string }[] = [{ node: root, field: '' }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { node, field } = item;
    if (isReference(node)) {
      if (isDangling(node.$ref, datafiles)) found.push({ field: `${field}.$ref`, target: String(node.$ref) });
      continue;
    }
    const children: [string, unknown][] = Object.entries(node);
    for (const [key, value] of children.reverse()) {
      if (typeof value === 'object' && value !== null)
        open.push({ node: value, field: step(field, key, node) });
    }
  }
  return found;
}

function step(field: string, key: string, parent: object): string {
  if (Array.isArray(parent)) return `${field}[${key}]`;
  return field === '' ? key : `${field}.${key}`;
}
