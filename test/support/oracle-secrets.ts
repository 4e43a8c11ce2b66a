import { readFileSync } from 'node:fs';

import { parse } from 'smol-toml';

import { isJsonObject, type Json, type JsonObject } from '../../src/json.js';
import type { SecretRef } from '../../src/tf-config/model/need.js';
import { oracleFile, type OraclePart } from './oracle.js';

/** The secrets of an oracle part: tables of its configuration file, by path split on `/`. Both throw for what is not there. */
export function oracleSecrets(part: OraclePart): {
  whole: (secret: SecretRef) => JsonObject;
  field: (secret: SecretRef) => string;
} {
  const document = parse(readFileSync(oracleFile(part, 'config.toml'), 'utf8')) as JsonObject;
  const whole = ({ path }: SecretRef): JsonObject => {
    const found = path
      .split('/')
      .reduce<Json | undefined>((table, key) => (isJsonObject(table) ? table[key] : undefined), document);
    if (!isJsonObject(found)) throw new Error(`the oracle has no secret ${path}`);
    return found;
  };
  return {
    whole,
    field: (secret) => {
      const value = whole(secret)[secret.field];
      if (typeof value === 'string') return value;
      throw new Error(`the oracle has no secret field ${secret.path}/${secret.field}`);
    },
  };
}
