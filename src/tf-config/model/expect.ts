import { FailedError } from '../../errors.js';
import { isJsonObject, type Json, type JsonObject } from '../../json.js';
import type { SecretRef } from './need.js';

/*
 * Merged values come from YAML that no schema of ours has checked. Each reader here says what it wanted, and of which
 * key, when the value is missing or of another kind.
 */

/** @throws FailedError `ValueMissing`, `ValueInvalid` */
export function expectText(value: Json | undefined, what: string): string {
  return typeof value === 'string' ? value : wrong(value, what, 'text');
}

/** @throws FailedError `ValueMissing`, `ValueInvalid` */
export function expectNumber(value: Json | undefined, what: string): number {
  return typeof value === 'number' ? value : wrong(value, what, 'a number');
}

/** @throws FailedError `ValueMissing`, `ValueInvalid` */
export function expectList(value: Json | undefined, what: string): Json[] {
  return Array.isArray(value) ? value : wrong(value, what, 'a list');
}

/** @throws FailedError `ValueMissing`, `ValueInvalid` */
export function expectObject(value: Json | undefined, what: string): JsonObject {
  return isJsonObject(value) ? value : wrong(value, what, 'an object');
}

/** Any value, null too, but not none. @throws FailedError `ValueMissing` */
export function expectPresent(value: Json | undefined, what: string): Json {
  return value === undefined ? wrong(value, what, 'set') : value;
}

/** Where a secret is. @throws FailedError `ValueMissing`, `ValueInvalid` */
export function expectSecret(value: Json | undefined, what: string): SecretRef {
  const { path, field, version = null, format = null } = expectObject(value, what);
  return {
    path: expectText(path, `${what}.path`),
    field: expectText(field, `${what}.field`),
    version: version === null ? null : expectNumber(version, `${what}.version`),
    format: format === null ? null : expectText(format, `${what}.format`),
  };
}

/** An object as JSON text. @throws FailedError `ValueMissing`, `ValueInvalid` */
export function expectJsonObject(value: Json | undefined, what: string): JsonObject {
  const text = expectText(value, what);
  try {
    return expectObject(JSON.parse(text) as Json, what);
  } catch (error) {
    if (error instanceof FailedError) throw error;
    throw new FailedError('ValueInvalid', `${what} is not JSON`);
  }
}

function wrong(value: Json | undefined, what: string, wanted: string): never {
  if (value === undefined) throw new FailedError('ValueMissing', `${what} is missing`);
  throw new FailedError('ValueInvalid', `${what} must be ${wanted}, not ${JSON.stringify(value)}`);
}
