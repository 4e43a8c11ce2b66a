import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { chooseShard, inShard, shardOf } from '../../../src/fleet/shard.js';

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 });
const total = fc.integer({ min: 1, max: 20 });
const all = (total: number): { index: number; total: number }[] =>
  Array.from({ length: total }, (_, i) => ({ index: i + 1, total }));

describe('the parts of a fleet', () => {
  test('have every account once, in its order', () => {
    fc.assert(
      fc.property(names, total, (names, total) => {
        const parts = all(total).map((shard) => inShard(names, shard));
        expect(parts.flat().sort()).toEqual([...names].sort());
        for (const part of parts) expect(part).toEqual(names.filter((name) => part.includes(name)));
      }),
    );
  });

  test('stay as they are when an account is added or removed', () => {
    fc.assert(
      fc.property(names, total, fc.string(), (names, total, added) => {
        for (const shard of all(total)) {
          const after = inShard([...names, added], shard).filter((name) => name !== added);
          expect(after).toEqual(inShard(names, shard).filter((name) => name !== added));
        }
      }),
    );
  });

  test('are the same in every release: CI jobs of two versions must agree', () => {
    const names = ['ferries-prod', 'ferries-stage', 'ferries-lab'];
    expect(names.map((name) => shardOf(name, 7))).toEqual([5, 6, 5]);
  });

  test('are of about one size', () => {
    const fleet = Array.from({ length: 2000 }, (_, i) => `account-${i}`);
    const sizes = all(8).map((shard) => inShard(fleet, shard).length);
    expect(Math.min(...sizes)).toBeGreaterThan(200);
    expect(Math.max(...sizes)).toBeLessThan(300);
  });
});

describe('which part to do', () => {
  const choose = (flag: string | undefined, env: Record<string, string> = {}, all = true) =>
    chooseShard({ flag, all, env });

  test('is said by --shard, whatever the environment says', () => {
    expect(choose('2/3', { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '9' })).toEqual({
      index: 2,
      total: 3,
      source: '--shard',
    });
    expect(choose('2/3', {}, false)).toEqual({ index: 2, total: 3, source: '--shard' });
  });

  test("is said by GitLab's variables, which count from 1", () => {
    expect(choose(undefined, { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '4' })).toEqual({
      index: 1,
      total: 4,
      source: 'CI_NODE_INDEX',
    });
  });

  test("is said by Kubernetes' variable, which counts from 0, and ours for the total", () => {
    const env = { JOB_COMPLETION_INDEX: '0', TFREPAIR_SHARD_TOTAL: '4' };
    expect(choose(undefined, env)).toEqual({ index: 1, total: 4, source: 'JOB_COMPLETION_INDEX' });
    expect(choose(undefined, { ...env, JOB_COMPLETION_INDEX: '3' })).toMatchObject({ index: 4, total: 4 });
  });

  test('is everything when nothing says otherwise', () => {
    expect(choose(undefined)).toBeUndefined();
    expect(choose(undefined, { CI_NODE_TOTAL: '1' })).toBeUndefined();
    expect(choose(undefined, { CI_NODE_INDEX: '' })).toBeUndefined();
  });

  test('is not taken from the environment when accounts are named', () => {
    expect(choose(undefined, { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '4' }, false)).toBeUndefined();
  });

  test.each(['', '3', '0/3', '4/3', '1/0', '-1/3', '1/3 ', '1.5/3', 'a/b', '1/10001', '1/3/5'])(
    'is not --shard %j',
    (flag) => {
      expect(() => choose(flag)).toThrow(expect.objectContaining({ code: 'ShardInvalid', exitCode: 2 }));
    },
  );

  test.each([
    [{ CI_NODE_INDEX: '0', CI_NODE_TOTAL: '4' }, /CI_NODE_INDEX=0 of CI_NODE_TOTAL=4/],
    [{ CI_NODE_INDEX: '2' }, /CI_NODE_TOTAL is not/],
    [{ JOB_COMPLETION_INDEX: '4', TFREPAIR_SHARD_TOTAL: '4' }, /counted from 0/],
    [{ JOB_COMPLETION_INDEX: '1' }, /TFREPAIR_SHARD_TOTAL is not/],
    [{ JOB_COMPLETION_INDEX: 'x', TFREPAIR_SHARD_TOTAL: '4' }, /JOB_COMPLETION_INDEX=x/],
  ])('is not in %j', (env, message) => {
    expect(() => choose(undefined, env)).toThrow(message);
  });
});
