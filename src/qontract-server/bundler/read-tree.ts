import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import type { Layout } from './layout.js';
import { isDocument, readDocument } from './read-document.js';
import { readBytes } from './read-source.js';
import { resource } from './resources.js';
import { fileError } from './source-error.js';
import { isMapping, type Mapping, type Value } from './value.js';
import { walk, type SourceFile } from './walk.js';

/** The property of a datafile that holds its checksum. */
export const CHECKSUM = '$file_sha256sum';

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
  const document = ({ file }: SourceFile): Mapping | undefined => datafile(read(file), file);
  const checked = ({ file }: SourceFile): Mapping | undefined => {
    const bytes = read(file);
    return datafile(bytes, file)?.set(CHECKSUM, createHash('sha256').update(bytes).digest('hex'));
  };
  return {
    schemas: await collect(layout.schemas, isDocument, document),
    graphql: readDocument(read(layout.graphql), layout.graphql),
    data: await collect(layout.data, isDocument, checked),
    resources: await collect(
      layout.resources,
      () => true,
      (source) => resource(source, read(source.file)),
    ),
  };
}

/** How many files are read at a stretch before others (a server's requests) get their turn. */
const STRETCH = 32;

async function collect(
  folder: string,
  wanted: (file: string) => boolean,
  make: (source: SourceFile) => Mapping | undefined,
): Promise<Map<string, Mapping>> {
  const found = new Map<string, Mapping>();
  let count = 0;
  for (const source of walk(folder, dirname(folder))) {
    if (!wanted(source.file)) continue;
    const value = make(source);
    if (value !== undefined) found.set(source.path, value);
    if (++count % STRETCH === 0) await setImmediate();
  }
  return found;
}

/** The mapping in a file; undefined when the file is empty. */
function datafile(bytes: Buffer, file: string): Mapping | undefined {
  const value = readDocument(bytes, file);
  if (value === null) return undefined;
  if (isMapping(value) && [...value.keys()].every((key) => typeof key === 'string')) return value;
  throw fileError(file, 'not a mapping of keys to values', { hint: 'a file begins with its $schema' });
}
