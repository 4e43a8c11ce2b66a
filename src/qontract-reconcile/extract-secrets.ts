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

/** Shorter values (a user's name, a port) stand in many places without being the secret. */
const SHORTEST_SECRET = 8;

/**
 * Takes the credentials out of a config that qontract-reconcile rendered, and makes variables of the secrets: the literal
 * values of its sensitive outputs, wherever they stand.
 */
export function extractSecrets(config: JsonObject): CleanConfig {
  const document = structuredClone(config);
  const credentials = takeCredentials(document);
  const variables = new Variables();
  const references = new Map<string, string>();
  for (const [name, value] of sensitiveOutputs(document)) {
    const variable = { sensitive: true, value: new Secret(value), description: `output ${name}` };
    references.set(value, references.get(value) ?? variables.declare(name, variable));
  }
  const clean = replaceText(document, references);
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
    const isLiteral = typeof value === 'string' && value.length >= SHORTEST_SECRET && !value.startsWith('${');
    return isLiteral ? [[name, value]] : [];
  });
}

function replaceText(document: JsonObject, references: ReadonlyMap<string, string>): JsonObject {
  const replaced = (value: Json): Json => {
    if (typeof value === 'string') return references.get(value) ?? value;
    if (Array.isArray(value)) return value.map(replaced);
    return isJsonObject(value) ? replaceText(value, references) : value;
  };
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, replaced(value)]));
}
