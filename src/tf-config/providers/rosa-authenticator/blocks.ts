import { FailedError } from '../../../errors.js';
import type { JsonObject } from '../../../json.js';
import type { Arguments, BlockSink } from '../../model/document.js';
import { expectObject } from '../../model/expect.js';

/** Resources by type and name, as a config has them. Their names are constants: an account can have them once. */
export type ResourceTable = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** Puts all resources of a table into the config. */
export function addResources(sink: BlockSink, table: ResourceTable): void {
  for (const [type, resources] of Object.entries(table)) {
    for (const [name, body] of Object.entries(resources)) sink.resource(type, name, body);
  }
}

/** `${path}` */
export function ref(path: string): string {
  return `\${${path}}`;
}

/** Adds the arguments that the defaults file has for a resource, an object under `key`, to ours. */
export type WithProperties = (key: string, ours: Arguments) => Arguments;

/**
 * Reads such objects out of merged values.
 *
 * @throws FailedError (the function) when there is no such object, or it sets an argument that is not its to set
 */
export function propertiesOf(values: JsonObject): WithProperties {
  return (key, ours) => {
    const properties = expectObject(values[key], key);
    const taken = Object.keys(properties).find((name) => Object.hasOwn(ours, name));
    if (taken === undefined) return { ...ours, ...properties };
    throw new FailedError('ValueInvalid', `${key} sets ${taken}, which is not for defaults to set`);
  };
}
