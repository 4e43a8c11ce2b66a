import { extname } from 'node:path';

import { loadJson } from './load-json.js';
import { decode } from './read-source.js';
import type { Value } from './value.js';
import { loadYaml } from './yaml/load-yaml.js';

/** The endings of files that are documents; other files below `data` and `schemas` are left out. */
const LOADERS = new Map([
  ['.yml', loadYaml],
  ['.yaml', loadYaml],
  ['.json', loadJson],
]);

/** Whether a file is a document by its name. */
export function isDocument(file: string): boolean {
  return LOADERS.has(extname(file));
}

/** The value in the bytes of a `.yml`, `.yaml` or `.json` file. @throws FailedError `BundleSource` */
export function readDocument(bytes: Buffer, file: string): Value {
  const load = LOADERS.get(extname(file)) ?? loadYaml;
  return load({ name: file, text: decode(bytes, file).replace(/^\ufeff/, '') });
}
