import { FailedError, messageOf } from '../errors.js';
import type { Json, JsonObject } from '../json.js';
import { isJsonObject } from '../json.js';
import { loadYaml } from '../qontract-server/bundler/yaml/load-yaml.js';
import { Float, type Key, type Value } from '../qontract-server/bundler/value.js';

/**
 * Reads resource files as YAML 1.1, as the reconcile loop does; each file once.
 *
 * @returns a function that throws FailedError `ResourceInvalid` for what is no YAML mapping
 */
export function resourceYaml(content: (path: string) => string): (path: string) => JsonObject {
  const parsed = new Map<string, JsonObject>();
  return (path) => {
    const known = parsed.get(path);
    if (known !== undefined) return known;
    const value = parse(path, content(path));
    parsed.set(path, value);
    return value;
  };
}

function parse(path: string, text: string): JsonObject {
  const value = plain(load(path, text));
  if (isJsonObject(value)) return value;
  throw new FailedError('ResourceInvalid', `the resource file ${path} is not a YAML mapping`);
}

function load(path: string, text: string): Value {
  try {
    return loadYaml({ name: path, text });
  } catch (error) {
    if (!(error instanceof FailedError)) throw error;
    throw new FailedError('ResourceInvalid', `the resource file ${messageOf(error)}`, { cause: error });
  }
}

/** JavaScript's own values; what the bundler tells apart (`1.0` and `1`) is the same to Terraform. */
function plain(value: Value): Json {
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, item]) => [keyText(key), plain(item)]));
}

function keyText(key: Key): string {
  return String(key instanceof Float ? key.value : key);
}
