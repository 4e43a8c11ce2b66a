import { extname } from 'node:path';

import { decode } from './read-source.js';
import { sha256 } from './sha256.js';
import type { Mapping } from './value.js';
import type { SourceFile } from './walk.js';

/**
 * A resource as the bundle has it: the text as it is, its checksum, and the schema that a YAML file names. Resources are
 * mostly templates, so the schema is searched for in the text.
 *
 * @throws FailedError `BundleSource` when it is not UTF-8
 */
export function resource({ path, file }: SourceFile, bytes: Buffer): Mapping {
  const content = decode(bytes, file);
  return new Map<string, string | null>([
    ['path', path],
    ['content', content],
    ['$schema', ['.yml', '.yaml'].includes(extname(file)) ? schemaNamedIn(content) : null],
    ['sha256sum', sha256(bytes)],
  ]);
}

/** Lines end at `\n` only: a line that ends in `\r\n` names no schema, as in the original. */
const SCHEMA_LINE = /(?:^|\n)\$schema: ([^\n]+\.ya?ml)(?=\n|$)/;

function schemaNamedIn(text: string): string | null {
  return SCHEMA_LINE.exec(text)?.[1] ?? null;
}
