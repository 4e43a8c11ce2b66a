import { FailedError } from '../../../errors.js';
import type { JsonObject } from '../../../json.js';
import { expectText } from '../../model/expect.js';
import { truthy } from '../../model/python.js';

const VALID = /^[a-zA-Z][a-zA-Z0-9_]{1,62}$/;

/** Name of the database inside the instance, whatever the provider version calls the argument; empty when not set. */
export function databaseName(values: JsonObject): string {
  const name = [values['name'], values['db_name']].find((value) => truthy(value));
  return name === undefined ? '' : expectText(name, 'name');
}

/** As `databaseName`. @throws FailedError `DatabaseNameInvalid` */
export function validDatabaseName(values: JsonObject): string {
  const name = databaseName(values);
  if (name === '' || VALID.test(name)) return name;
  throw new FailedError('DatabaseNameInvalid', `"${name}" cannot be the name of a database`, {
    hint: 'start with a letter; 2 to 63 letters, digits and underscores in all',
  });
}
