import { relative, resolve, sep } from 'node:path';

import type { World } from '../../world.js';
import { NO_COMMIT, readCheckout, type Commit, type Head } from './git.js';
import { findLayout, type Layout } from './layout.js';
import { postprocess } from './postprocess.js';
import { readTree, type Tree } from './read-tree.js';
import { blobHash, uncommitted } from './uncommitted.js';
import { textField } from './value.js';
import { bundleBytes } from './write-bundle.js';

export interface BundleRequest {
  /** The app-interface checkout: the folder that holds `data` and `resources`. */
  readonly appInterface: string;
  /** A qontract-schemas checkout: the folder that holds `schemas` and `graphql-schemas`. Default: the same checkout. */
  readonly schemas?: string | undefined;
  /** What the bundle says of its commit, instead of what git says. */
  readonly commit?: Commit | undefined;
  readonly world: World;
}

export interface BuiltBundle {
  /** The bundle file: canonical JSON; its SHA-256 is the bundle's name. */
  readonly bytes: Buffer;
  readonly gitCommit: string;
  readonly gitCommitTimestamp: string;
  readonly datafiles: number;
  readonly resources: number;
  /** What the user should know, a sentence each. */
  readonly warnings: readonly string[];
}

/** The folders of a checkout that bundles are made of. */
const FOLDERS = ['data', 'resources', 'schemas', 'graphql-schemas'];

/**
 * Makes the bundle of an app-interface checkout as it is on disk, byte for byte as qontract-bundler does. The same files
 * and the same commit give the same bytes. Without git, or outside a repository, the commit is `NO_COMMIT`.
 *
 * @throws FailedError `BundleFolderMissing`; `BundleSource` with the file, and the line where there is one
 */
export async function buildBundle(request: BundleRequest): Promise<BuiltBundle> {
  const { world } = request;
  const root = resolve(world.cwd, request.appInterface);
  const schemas = request.schemas === undefined ? undefined : resolve(world.cwd, request.schemas);
  const layout = findLayout(root, schemas);
  const { head, problem } = request.commit === undefined ? await readCheckout(root, FOLDERS, world) : {};
  const bundled = new Map<string, string>();
  const tree = await readTree(layout, (file, bytes) => {
    const path = relative(root, file).split(sep).join('/');
    if (head !== undefined && !path.startsWith('../')) bundled.set(path, blobHash(bytes, head.algorithm));
  });
  await postprocess(tree);
  const commit = request.commit ?? head?.commit ?? NO_COMMIT;
  const warnings = [...missingSchemas(tree, layout)];
  if (problem !== undefined)
    warnings.push(`the bundle names no commit, because git cannot read ${root}: ${problem}`);
  if (head !== undefined) warnings.push(...changes(uncommitted(bundled, head.files), head));
  return {
    bytes: await bundleBytes(tree, commit),
    gitCommit: commit.hash,
    gitCommitTimestamp: commit.timestamp,
    datafiles: tree.data.size,
    resources: tree.resources.size,
    warnings,
  };
}

function changes(changed: readonly string[], { commit }: Head): string[] {
  const [first] = changed;
  if (first === undefined) return [];
  const files = changed.length === 1 ? `${first} differs` : `${first} and ${changed.length - 1} more differ`;
  return [`the bundle is of the files as they are, not of commit ${commit.hash.slice(0, 12)}: ${files}`];
}

/** Datafiles whose schema is not there get no backrefs: the schemas are probably of another time. */
function missingSchemas({ data, schemas }: Tree, layout: Layout): string[] {
  const named = [...data].map(([path, file]) => ({ path, schema: textField(file, '$schema') }));
  const missing = named.filter(({ schema }) => schema !== undefined && !schemas.has(schema));
  const [first] = missing;
  if (first === undefined) return [];
  const others = missing.length === 1 ? '' : ` (and ${missing.length - 1} more such datafiles)`;
  return [
    `data${first.path} has the schema ${first.schema ?? ''}, which is not in ${layout.schemas}${others}`,
  ];
}
