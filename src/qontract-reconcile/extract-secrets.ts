import { Secret } from '../secret.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import type { ConfigVariable } from '../tf-config/model/variables.js';
import { Variables } from '../tf-config/model/variables.js';

/** A config without what must not be on disk. */
export interface CleanConfig {
  readonly document: JsonObject;
  /** The AWS credentials that stood in it. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: Secret } | undefined;
  readonly variables: readonly ConfigVariable[];
}

/** Shorter values stand in many places without being the secret: they count only where an argument has the output's key. */
const SHORTEST_SECRET = 8;

/** Output keys that qontract-reconcile marks as sensitive without need: the native rendering shows them, too. */
const HARMLESS_KEYS: ReadonlySet<string> = new Set(['db_user']);

/** The reference that stands for a secret, and the key of its output. */
interface Stand {
  readonly reference: string;
  readonly key: string;
}

/**
 * Takes the credentials out of a config that qontract-reconcile rendered, and makes variables of the secrets: the literal
 * values of its sensitive outputs, wherever they stand.
 */
export function extractSecrets(config: JsonObject): CleanConfig {
  const document = structuredClone(config);
  const credentials = takeCredentials(document);
  const variables = new Variables();
  const stands = new Map<string, Stand>();
  for (const [name, value] of sensitiveOutputs(document)) {
    if (stands.has(value)) continue;
    const variable = { sensitive: true, value: new Secret(value), description: `output ${name}` };
    stands.set(value, { reference: variables.declare(name, variable), key: keyOf(name) });
  }
  const clean = replaceText(document, stands);
  const declared = variables.all();
  if (declared.length > 0) {
    clean['variable'] = Object.fromEntries(
      declared.map(({ name, description }) => [name, { type: 'string', description, sensitive: true }]),
    );
  }
  return { document: clean, credentials, variables: declared };
}

function takeCredentials(document: JsonObject): CleanConfig['credentials'] {
  let found: CleanConfig['credentials'];
  for (const block of credentialBlocks(document)) {
    const { access_key: id, secret_key: secret } = block;
    delete block['access_key'];
    delete block['secret_key'];
    if (typeof id === 'string' && typeof secret === 'string') {
      found = { accessKeyId: id, secretAccessKey: new Secret(secret) };
    }
  }
  return found;
}

/** The backend last: its credentials count if they differ from the providers'. */
function credentialBlocks(document: JsonObject): JsonObject[] {
  const providers = at(document, 'provider', 'aws');
  const list = Array.isArray(providers) ? providers : [providers];
  return [...list, at(document, 'terraform', 'backend', 's3')].filter((block) => isJsonObject(block));
}

function at(value: Json | undefined, ...path: string[]): Json | undefined {
  return path.reduce((here: Json | undefined, key) => (isJsonObject(here) ? here[key] : undefined), value);
}

function sensitiveOutputs(document: JsonObject): [name: string, value: string][] {
  const outputs = document['output'];
  if (!isJsonObject(outputs)) return [];
  return Object.entries(outputs).flatMap(([name, output]): [string, string][] => {
    if (!isJsonObject(output) || output['sensitive'] !== true) return [];
    const { value } = output;
    const isLiteral = typeof value === 'string' && value !== '' && !value.startsWith('${');
    return isLiteral && !HARMLESS_KEYS.has(keyOf(name)) ? [[name, value]] : [];
  });
}

/** `db_password` of `orders-rds__db_password`. */
function keyOf(output: string): string {
  return output.slice(output.indexOf('__') + 2);
}

function replaceText(document: JsonObject, stands: ReadonlyMap<string, Stand>): JsonObject {
  const replaced = (key: string, value: Json, parent: string): Json => {
    if (typeof value === 'string') return standsFor(value, [key, keyOf(parent)], stands.get(value));
    if (Array.isArray(value)) return value.map((item) => replaced(key, item, parent));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(name, item, key)]));
  };
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, replaced(key, value, '')]));
}

/** @param keys of the argument, and of the output whose value it is */
function standsFor(value: string, keys: readonly string[], stand: Stand | undefined): string {
  if (stand === undefined) return value;
  return value.length >= SHORTEST_SECRET || keys.includes(stand.key) ? stand.reference : value;
}
