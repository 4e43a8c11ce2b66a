import { createHash } from 'node:crypto';

import type { Shard } from '../diagnosis/diagnosis.js';
import { UsageError } from '../errors.js';

/** More parts than this are a mistake. */
export const MAX_TOTAL = 10_000;

/**
 * The part (1 to `total`) that an account belongs to. It depends on nothing but the name, so that parts which see
 * different lists of accounts, because one was added meanwhile, still agree about all others.
 */
export function shardOf(name: string, total: number): number {
  const digest = createHash('sha256').update(name).digest();
  return (digest.readUIntBE(0, 6) % total) + 1;
}

/** The accounts of a part, in the order given. */
export function inShard(names: readonly string[], { index, total }: Shard): string[] {
  return names.filter((name) => shardOf(name, total) === index);
}

/** What says which part to do. */
export interface ShardChoice {
  /** The value of `--shard`. */
  readonly flag: string | undefined;
  /**
   * Whether the environment counts: only when every account is asked for. A job that names its account does not want to
   * skip it because a CI has given the job a number.
   */
  readonly all: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The part to do, and who said so. */
export interface ChosenShard extends Shard {
  /** e.g. `--shard` or `CI_NODE_INDEX` */
  readonly source: string;
}

/**
 * Finds out which part of the fleet to do: `--shard I/N`, else GitLab CI's `CI_NODE_INDEX` and `CI_NODE_TOTAL` (set by
 * `parallel:`), both counted from 1, else a Kubernetes Indexed Job's `JOB_COMPLETION_INDEX`, counted from 0, with
 * `TFREPAIR_SHARD_TOTAL`, since Kubernetes tells a pod its index only.
 *
 * @returns undefined when nothing asks for a part
 * @throws UsageError `ShardInvalid`
 */
export function chooseShard({ flag, all, env }: ShardChoice): ChosenShard | undefined {
  if (flag !== undefined) return shardFlag(flag);
  if (!all) return undefined;
  const gitlabIndex = given(env, 'CI_NODE_INDEX');
  if (gitlabIndex !== undefined) {
    return checked('CI_NODE_INDEX', gitlabIndex, 'CI_NODE_TOTAL', given(env, 'CI_NODE_TOTAL'), 0);
  }
  const kubernetesIndex = given(env, 'JOB_COMPLETION_INDEX');
  if (kubernetesIndex === undefined) return undefined;
  const total = given(env, 'TFREPAIR_SHARD_TOTAL');
  return checked('JOB_COMPLETION_INDEX', kubernetesIndex, 'TFREPAIR_SHARD_TOTAL', total, 1);
}

function shardFlag(text: string): ChosenShard {
  const [, index, total] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (index === undefined || total === undefined) {
    throw invalid(`--shard ${JSON.stringify(text)} is not of the form I/N`);
  }
  const shard = { index: Number(index), total: Number(total) };
  if (!isShard(shard)) throw invalid(`--shard ${text}: there is no such part`);
  return { ...shard, source: '--shard' };
}

/** A part from two variables. @param offset what to add to the index so that it counts from 1 */
function checked(
  indexName: string,
  index: string,
  totalName: string,
  total: string | undefined,
  offset: 0 | 1,
): ChosenShard {
  if (total === undefined) {
    throw new UsageError('ShardInvalid', `${indexName} is set, but ${totalName} is not`, {
      hint: `set ${totalName} to the number of parts, or give --shard I/N`,
    });
  }
  const shard = { index: whole(index) + offset, total: whole(total) };
  if (!isShard(shard)) {
    const counted = offset === 0 ? 'from 1' : 'from 0';
    throw invalid(
      `${indexName}=${index} of ${totalName}=${total}: there is no such part, counted ${counted}`,
    );
  }
  return { ...shard, source: indexName };
}

function whole(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

function isShard({ index, total }: Shard): boolean {
  return total >= 1 && total <= MAX_TOTAL && index >= 1 && index <= total;
}

function given(env: ShardChoice['env'], name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}

function invalid(message: string): UsageError {
  const hint = `give --shard I/N, e.g. --shard 1/3 for the first of three parts; at most ${MAX_TOTAL} parts`;
  return new UsageError('ShardInvalid', message, { hint });
}
