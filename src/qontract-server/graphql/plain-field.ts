import type { Datafile } from '../bundle/bundle.js';
import { isJsonObject, type JsonObject } from '../bundle/json.js';
import { isReference, referencedPath } from '../bundle/reference.js';
import type { FieldResolver } from './resolver.js';

type Datafiles = ReadonlyMap<string, Datafile>;

/**
 * The resolver of a field that is read from the object itself: references become the datafiles that they name, also in a
 * list, provided that the whole list consists of references. `schema` is the name that `$schema` has in GraphQL.
 */
export function plainField(name: string, datafiles: Datafiles): FieldResolver {
  if (name === 'schema') return { visits: true, resolve: readSchema };
  const read = ownFieldReader(name);
  return { visits: true, resolve: (source) => dereferenced(read(source), datafiles) };
}

function readSchema(source: unknown): unknown {
  return isJsonObject(source) ? source['$schema'] : undefined;
}

/** Reads a field of the JSON document: never what JavaScript itself adds to an object, as `constructor`. */
function ownFieldReader(name: string): (source: unknown) => unknown {
  if (!(name in Object.prototype)) return (source) => (isJsonObject(source) ? source[name] : undefined);
  return (source) => (isJsonObject(source) ? ownField(source, name) : undefined);
}

/** A field of a JSON object; undefined where the document has none. */
export function ownField(source: JsonObject, name: string): unknown {
  return Object.hasOwn(source, name) ? source[name] : undefined;
}

/**
 * A value with the references in it replaced by what they refer to: itself, or each element of a list of references.
 *
 * @throws TypeError for null, as the real server: what fails there must not pass here
 */
export function dereferenced(value: unknown, datafiles: Datafiles): unknown {
  if (typeof value !== 'object') return value;
  if (value === null) throw nullValue();
  if (Array.isArray(value)) return dereferencedList(value, datafiles);
  return isReference(value) ? datafileAt(value.$ref, datafiles) : value;
}

function dereferencedList(values: readonly unknown[], datafiles: Datafiles): unknown {
  if (values.includes(null)) throw nullValue();
  const targets: unknown[] = [];
  for (const value of values) {
    if (typeof value !== 'object' || value === null || !isReference(value)) return values;
    targets.push(datafileAt(value.$ref, datafiles));
  }
  return targets;
}

/** What qontract-server answers for a field, or a list element, that is null in the data: the words of its runtime. */
function nullValue(): TypeError {
  return new TypeError("Cannot read properties of null (reading 'constructor')");
}

/**
 * The datafile that a `$ref` names, null where there is none. The real server has a notation for a part of a datafile, but
 * the pointer always keeps its `$` or `#`, and so is never a valid one.
 *
 * @throws Error for a reference to a part of a datafile
 */
function datafileAt(ref: unknown, datafiles: Datafiles): Datafile | null {
  const text = String(ref);
  const datafile = datafiles.get(text) ?? datafiles.get(referencedPath(text));
  if (datafile === undefined) return null;
  if (/[$#]/.test(text)) throw new Error('Invalid JSON pointer.');
  return datafile;
}
