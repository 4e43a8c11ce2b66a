import { isDeepStrictEqual } from 'node:util';

import type { Bundle, Datafile, Resource } from '../bundle/bundle.js';

/** One changed datafile; `old` is absent for an added one, `new` for a removed one. */
export interface DatafileChange {
  readonly datafilepath: string;
  readonly datafileschema: string;
  readonly old?: Datafile;
  readonly new?: Datafile;
}

export interface ResourceChange {
  readonly resourcepath: string;
  readonly old?: Resource;
  readonly new?: Resource;
}

/** The datafile at `path` in both bundles, changed or not; undefined when neither has one. */
export function diffDatafile(base: Bundle, head: Bundle, path: string): DatafileChange | undefined {
  const before = base.datafiles.get(path);
  const after = head.datafiles.get(path);
  const schema = after?.$schema ?? before?.$schema;
  if (schema === undefined) return undefined;
  return { datafilepath: path, datafileschema: schema, ...sides(before, after) };
}

/** The resource at `path` in both bundles, changed or not; undefined when neither has one. */
export function diffResource(base: Bundle, head: Bundle, path: string): ResourceChange | undefined {
  const before = base.resources.get(path);
  const after = head.resources.get(path);
  if (before === undefined && after === undefined) return undefined;
  return { resourcepath: path, ...sides(before, after) };
}

/** Every datafile whose content differs: those of `base` first, then the added ones. */
export function* changedDatafiles(base: Bundle, head: Bundle): Generator<DatafileChange> {
  yield* changes(base.datafiles, head.datafiles, isDeepStrictEqual, (path) => diffDatafile(base, head, path));
}

/** Every resource whose checksum differs: those of `base` first, then the added ones. */
export function* changedResources(base: Bundle, head: Bundle): Generator<ResourceChange> {
  const same = (a: Resource, b: Resource): boolean => a.sha256sum === b.sha256sum;
  yield* changes(base.resources, head.resources, same, (path) => diffResource(base, head, path));
}

function* changes<Item, Change>(
  before: ReadonlyMap<string, Item>,
  after: ReadonlyMap<string, Item>,
  same: (a: Item, b: Item) => boolean,
  describe: (path: string) => Change | undefined,
): Generator<Change> {
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(path);
    const now = after.get(path);
    if (old !== undefined && now !== undefined && same(old, now)) continue;
    const change = describe(path);
    if (change !== undefined) yield change;
  }
}

function sides<Item>(before: Item | undefined, after: Item | undefined): { old?: Item; new?: Item } {
  return { ...(before === undefined ? {} : { old: before }), ...(after === undefined ? {} : { new: after }) };
}
