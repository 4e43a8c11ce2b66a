import { createHash } from 'node:crypto';

import { isJsonObject, type Json, type JsonObject } from '../json.js';
import type { Terraform } from './terraform.js';

/** Raised when what is kept of an `init` changes its shape. */
const FORMAT = 1;

/**
 * What `terraform init` depends on, as one digest: the backend and the required providers, the providers that are used
 * without being required, the modules, and who installs from where.
 *
 * @param document the whole `*.tf.json` of a root
 */
export function initKey(document: JsonObject, terraform: Terraform, cliConfigText: string): string {
  const { product, version } = terraform;
  const parts = [
    ...[FORMAT, product, version, process.platform, process.arch, cliConfigText],
    document['terraform'] ?? null,
    modulesOf(document['module']),
    usedProviders(document),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Sources and versions; the arguments of a call change nothing about its installation. */
function modulesOf(modules: Json | undefined): Json {
  if (!isJsonObject(modules)) return null;
  return Object.entries(modules).map(([name, call]) =>
    isJsonObject(call) ? [name, call['source'] ?? null, call['version'] ?? null] : [name],
  );
}

/** `aws_sqs_queue` is the provider `aws`'s, unless `provider` says otherwise. */
function usedProviders(document: JsonObject): string[] {
  const used = new Set<string>(keysOf(document['provider']));
  for (const kind of ['resource', 'data', 'ephemeral']) {
    for (const type of keysOf(document[kind])) used.add(type.replace(/_.*/s, ''));
  }
  return [...used].sort();
}

function keysOf(value: Json | undefined): string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}
