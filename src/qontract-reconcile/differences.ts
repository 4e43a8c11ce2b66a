import microdiff from 'microdiff';

import { isJsonObject, type Json, type JsonObject } from '../json.js';

/** What two renderings of one account say differently about an address. */
export interface AddressDifference {
  /** e.g. `aws_sqs_queue.orders`, `data.aws_sns_topic.x`, `output.NAME`, or another top-level part's name. */
  readonly address: string;
  readonly kind: 'only native' | 'only qontract-reconcile' | 'differs';
  /** Dotted paths of the arguments that differ; never their values. */
  readonly paths: readonly string[];
}

/**
 * Compares the native rendering with qontract-reconcile's, both without secrets. Differences that are deliberate
 * (docs/config.md) are not listed.
 */
export function compareConfigs(native: JsonObject, reconcile: JsonObject): AddressDifference[] {
  const ours = blocksOf(native);
  const theirs = blocksOf(reconcile);
  const addresses = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return addresses.flatMap((address) => compareBlock(address, ours.get(address), theirs.get(address)));
}

function compareBlock(
  address: string,
  ours: Json | undefined,
  theirs: Json | undefined,
): AddressDifference[] {
  if (ours === undefined) return [{ address, kind: 'only qontract-reconcile', paths: [] }];
  if (theirs === undefined) return [{ address, kind: 'only native', paths: [] }];
  const paths = microdiff({ value: masked(theirs) }, { value: masked(ours) }, { cyclesFix: false }).map(
    ({ path }) => path.slice(1).join('.'),
  );
  return paths.length === 0 ? [] : [{ address, kind: 'differs', paths: [...new Set(paths)] }];
}

/** Resources, data sources and outputs by address. */
function blocksOf(config: JsonObject): Map<string, Json> {
  const blocks = new Map<string, Json>();
  for (const [kind, prefix] of [
    ['resource', ''],
    ['data', 'data.'],
  ] as const) {
    for (const [type, named] of entriesOf(config[kind])) {
      for (const [name, body] of entriesOf(named)) blocks.set(`${prefix}${type}.${name}`, body);
    }
  }
  for (const [name, body] of entriesOf(config['output'])) blocks.set(`output.${name}`, body);
  return blocks;
}

function entriesOf(value: Json | undefined): [string, Json][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** Variables stand for secrets and may be named differently on both sides. */
function masked(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll(/\$\{var\.[^}]+\}/g, '${var}');
  if (Array.isArray(value)) return value.map(masked);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]));
}
