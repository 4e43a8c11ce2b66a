import type { FleetDiagnosis } from '../../diagnosis/diagnosis.js';
import { mergeShards } from './merge-shards.js';
import { readShard, type ShardFile } from './read-shard.js';

export interface MergeOptions {
  /** Whether shards may be missing. */
  readonly incomplete: boolean;
  /** The version of the documents that this program writes. */
  readonly schemaVersion: number;
}

/** Joins the diagnoses in these files into one. @throws FailedError naming the file that cannot be used */
export async function mergeFiles(
  files: readonly string[],
  { incomplete, schemaVersion }: MergeOptions,
): Promise<FleetDiagnosis> {
  const shards: ShardFile[] = [];
  // One after the other: each is held as text only while it is parsed.
  for (const file of files) shards.push(await readShard(file, schemaVersion));
  return mergeShards(shards, incomplete);
}
