import { dirname } from 'node:path';

import { datafile, graphql, schema } from './documents.js';
import type { Layout } from './layout.js';
import { isDocument } from './read-document.js';
import { readBytes } from './read-source.js';
import { resource } from './resources.js';
import { unhurried } from './unhurried.js';
import type { Mapping, Value } from './value.js';
import { walk, type SourceFile } from './walk.js';

/** The files of a tree, parsed; mappings by path. */
export interface Tree {
  readonly data: Map<string, Mapping>;
  readonly schemas: Map<string, Mapping>;
  readonly resources: Map<string, Mapping>;
  readonly graphql: Value;
}

/** Told of every file that goes into the bundle. */
export type OnFile = (file: string, bytes: Buffer) => void;

/** Reads all that a bundle is made of. @throws FailedError `BundleSource` naming the file that cannot be used */
export async function readTree(layout: Layout, onFile: OnFile): Promise<Tree> {
  const read = (file: string): Buffer => {
    const bytes = readBytes(file);
    onFile(file, bytes);
    return bytes;
  };
  return {
    graphql: graphql(read(layout.graphql), layout.graphql),
    schemas: await collect(layout.schemas, ({ file }) =>
      isDocument(file) ? schema(read(file), file) : undefined,
    ),
    data: await collect(layout.data, ({ file }) =>
      isDocument(file) ? datafile(read(file), file) : undefined,
    ),
    resources: await collect(layout.resources, (source) => resource(source, read(source.file))),
  };
}

async function collect(
  folder: string,
  make: (source: SourceFile) => Mapping | undefined,
): Promise<Map<string, Mapping>> {
  const found = new Map<string, Mapping>();
  for await (const source of unhurried(walk(folder, dirname(folder)))) {
    const value = make(source);
    if (value !== undefined) found.set(source.path, value);
  }
  return found;
}
