import { readDocument } from './read-document.js';
import { sha256 } from './sha256.js';
import { fileError } from './source-error.js';
import { isMapping, textField, type Mapping, type Value } from './value.js';

/** The property of a datafile that holds its checksum. */
const CHECKSUM = '$file_sha256sum';

const CHECKSUM_SCHEMA = new Map([
  ['type', 'string'],
  ['description', 'sha256sum of the datafile'],
]);

/** What a schema of datafiles has as its `$schema`; meta-schemas and common definitions have others. */
const METASCHEMA = '/metaschema-1.json';

/**
 * A datafile with its checksum; undefined when the file is empty.
 *
 * @throws FailedError `BundleSource` for what is no mapping with keys of text
 */
export function datafile(bytes: Buffer, file: string): Mapping | undefined {
  return mapping(bytes, file)?.set(CHECKSUM, sha256(bytes));
}

/**
 * A JSON schema, which allows the checksum if it is one of datafiles; undefined when the file is empty.
 *
 * @throws FailedError `BundleSource` as `datafile` does, and for a schema that says no `$schema` or no properties
 */
export function schema(bytes: Buffer, file: string): Mapping | undefined {
  const value = mapping(bytes, file);
  if (value === undefined) return undefined;
  const metaschema = textField(value, '$schema');
  if (metaschema === undefined) throw fileError(file, 'a schema without $schema');
  if (metaschema !== METASCHEMA) return value;
  const properties = value.get('properties');
  if (!isMapping(properties)) throw fileError(file, 'a schema of datafiles without properties');
  properties.set(CHECKSUM, CHECKSUM_SCHEMA);
  return value;
}

/** The GraphQL schema: types under `confs`, or a bare list of types. @throws FailedError `BundleSource` */
export function graphql(bytes: Buffer, file: string): Value {
  const value = readDocument(bytes, file);
  if (isMapping(value) || Array.isArray(value)) return value;
  throw fileError(file, 'no list of GraphQL types', {
    hint: 'a GraphQL schema has its types in a list named confs',
  });
}

function mapping(bytes: Buffer, file: string): Mapping | undefined {
  const value = readDocument(bytes, file);
  if (value === null) return undefined;
  if (isMapping(value) && [...value.keys()].every((key) => typeof key === 'string')) return value;
  throw fileError(file, 'not a mapping of keys to values', { hint: 'the first line is the $schema' });
}
