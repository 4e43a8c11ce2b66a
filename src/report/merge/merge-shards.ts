import type { FleetDiagnosis, RootDiagnosis, Shard } from '../../diagnosis/diagnosis.js';
import { FailedError } from '../../errors.js';
import type { ShardFile } from './read-shard.js';

interface ShardedFile {
  readonly file: string;
  readonly shard: Shard;
}

/**
 * Joins the diagnoses of the shards of one fleet into one, sorted by name.
 *
 * @param incomplete whether shards may be missing; they are named in the result
 * @throws FailedError `ShardsDiffer`, `ShardTwice`, `ShardMissing`, `AccountTwice`, `ReportMerged`
 */
export function mergeShards(files: readonly ShardFile[], incomplete: boolean): FleetDiagnosis {
  refuseMerged(files);
  const sharded = files.flatMap(({ file, fleet: { shard } }) =>
    shard === undefined ? [] : [{ file, shard }],
  );
  const missing = missingShards(sharded);
  if (missing.length > 0 && !incomplete) throw shardMissing(missing, sharded);
  const accounts = rootsOf(files).sort((a, b) => (a.name < b.name ? -1 : 1));
  return missing.length === 0 ? { accounts } : { accounts, missingShards: missing };
}

/** A merged report does not say which shards it has; what it lacks could not be told any more. */
function refuseMerged(files: readonly ShardFile[]): void {
  const merged = files.find(({ fleet }) => fleet.missingShards !== undefined);
  if (merged === undefined || files.length === 1) return;
  throw new FailedError('ReportMerged', `${merged.file} has been merged already, and is incomplete`, {
    hint: "merge the shards' own files, all at once",
  });
}

/** All roots of all files. @throws FailedError `AccountTwice` */
function rootsOf(files: readonly ShardFile[]): RootDiagnosis[] {
  const seen = new Map<string, string>();
  return files.flatMap(({ file, fleet }) =>
    fleet.accounts.map((root) => {
      const key = `${root.kind} ${root.name}`;
      const earlier = seen.get(key);
      if (earlier !== undefined) {
        const where = earlier === file ? `twice in ${file}` : `in ${earlier} and in ${file}`;
        throw new FailedError('AccountTwice', `the ${key} is ${where}`, {
          hint: 'give each diagnosis once, and all of one run',
        });
      }
      seen.set(key, file);
      return root;
    }),
  );
}

/** The shards that are not there, from 1. @throws FailedError `ShardsDiffer`, `ShardTwice` */
function missingShards(sharded: readonly ShardedFile[]): number[] {
  const [first] = sharded;
  if (first === undefined) return [];
  const { total } = first.shard;
  const files = new Map<number, string>();
  for (const { file, shard } of sharded) {
    if (shard.total !== total) {
      const message = `${first.file} is shard ${nameOf(first.shard)}, but ${file} is shard ${nameOf(shard)}`;
      throw new FailedError('ShardsDiffer', message, { hint: 'merge the shards of one run only' });
    }
    const earlier = files.get(shard.index);
    if (earlier !== undefined) {
      throw new FailedError('ShardTwice', `${earlier} and ${file} are both shard ${nameOf(shard)}`, {
        hint: 'give each shard once',
      });
    }
    files.set(shard.index, file);
  }
  return Array.from({ length: total }, (_, i) => i + 1).filter((index) => !files.has(index));
}

function shardMissing(missing: readonly number[], sharded: readonly ShardedFile[]): FailedError {
  const given = sharded.map(({ shard }) => nameOf(shard)).join(', ');
  const total = sharded[0]?.shard.total ?? 0;
  const names = missing.map((index) => nameOf({ index, total }));
  const lacking =
    names.length === 1 ? `shard ${names.join()} is missing` : `shards ${names.join(', ')} are missing`;
  return new FailedError('ShardMissing', `${lacking}; given: ${given}`, {
    hint: 'give the files of all shards, or --incomplete to go without',
  });
}

function nameOf({ index, total }: Shard): string {
  return `${index}/${total}`;
}
