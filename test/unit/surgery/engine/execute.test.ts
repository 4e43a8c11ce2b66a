import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { RefusedError } from '../../../../src/errors.js';
import { execute, type Execution } from '../../../../src/surgery/engine/execute.js';
import { unfinishedRequests } from '../../../../src/surgery/engine/resume.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import {
  APPROVER,
  executionIn,
  NOW,
  ownLock,
  prepared,
  queuesState,
  resumed,
} from '../../../support/surgery/execution.js';
import { Broken, MemoryStore, type Call } from '../../../support/surgery/memory-store.js';

const BASE = queuesState(['a', 'b', 'c']);
const POST = queuesState(['b', 'c'], 8);

const home = useTempDir();
const storeOf = (): MemoryStore => new MemoryStore(BASE);
const executionOf = (store: MemoryStore, more: Partial<Execution> = {}): Execution =>
  executionIn(home(), store, more);

describe('an approved request', () => {
  test('is done: backed up, written, verified, unlocked, and every step in the journal', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    const steps: string[] = [];
    const execution = executionOf(store, { keepCopy: true, onStep: (step) => steps.push(step) });
    const { backup, approvers } = await execute(request, execution);
    expect(store.bytes.toString()).toBe(POST.toString());
    expect(await readFile(backup.file)).toEqual(BASE);
    expect([...store.copies.values()]).toEqual([BASE]);
    expect({ held: store.held, writes: store.writes, approvers }).toEqual({
      ...{ held: undefined, writes: 1, approvers: [APPROVER] },
    });
    expect(steps).toEqual([
      ...['approved', 'locking', 'backing-up', 'claiming', 'writing', 'verifying', 'releasing', 'ended'],
    ]);
    const { records } = await execution.journal.read();
    expect(records.map(({ step }) => step)).toEqual(steps);
    expect(JSON.stringify(records)).not.toContain('sqs.example.com');
  });

  test('is done once', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    await execute(request, executionOf(store));
    store.overwrite(BASE);
    await expect(execute(request, executionOf(store))).rejects.toMatchObject({ code: 'AlreadyExecuted' });
  });

  test('is done once, also from another machine after the earlier state was put back', async () => {
    const store = storeOf();
    const { request, digest, base } = await prepared(store);
    await execute(request, executionOf(store));
    store.overwrite(BASE);
    store.read = () => Promise.resolve(base);
    const elsewhere = executionIn(join(home(), 'elsewhere'), store);
    await expect(execute(request, elsewhere)).rejects.toMatchObject({ code: 'AlreadyExecuted', exitCode: 4 });
    expect({ writes: store.writes, held: store.held }).toEqual({ writes: 2, held: undefined });
    expect([...store.claimed.keys()]).toEqual([digest]);
  });

  test('that came too late has executed nothing, and may be done when its state is back', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    store.trouble = (call, when) => {
      if (call === 'swap' && when === 'before') store.overwrite(queuesState(['z'], 8));
    };
    await expect(execute(request, executionOf(store))).rejects.toMatchObject({ code: 'StateChanged' });
    expect(store.claimed.size).toBe(0);
  });

  test('whose state has changed is not done, and ends with 5', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    store.overwrite(queuesState(['a', 'b', 'c', 'd'], 8));
    const execution = executionOf(store);
    await expect(execute(request, execution)).rejects.toMatchObject({ code: 'StateChanged', exitCode: 5 });
    expect({ writes: store.writes, held: store.held }).toEqual({ writes: 1, held: undefined });
    expect((await execution.journal.read()).records.at(-1)).toMatchObject({ how: 'changed' });
    expect(await readdir(home())).not.toContain('backups');
  });

  test('that has expired, or is about another state, is refused', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    const late = executionOf(store, { now: () => NOW + 25 * 3_600_000 });
    await expect(execute(request, late)).rejects.toMatchObject({ code: 'RequestExpired', exitCode: 4 });
    const other = { ...request, state: { ...store.location, key: 'other.tfstate' } };
    await expect(execute(other, executionOf(store))).rejects.toMatchObject({ code: 'OtherState' });
  });

  test('on which somebody builds as soon as it is written is done', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    const theirs = queuesState(['b', 'c', 'd'], 9);
    store.trouble = (call, when) => {
      if (call === 'swap' && when === 'after') store.overwrite(theirs);
    };
    const execution = executionOf(store);
    expect((await execute(request, execution)).state.bytes).toEqual(POST);
    expect(store.bytes).toEqual(theirs);
    expect((await execution.journal.read()).records.at(-1)).toMatchObject({ how: 'done' });
  });

  test('on which somebody builds, and whose lock cannot be given back, is done by resume', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    const theirs = queuesState(['b', 'c', 'd'], 9);
    store.trouble = (call, when) => {
      if (call === 'swap' && when === 'after') store.overwrite(theirs);
      if (call === 'release') throw new Broken('gone');
    };
    const { journal } = executionOf(store);
    await expect(execute(request, executionOf(store))).rejects.toMatchObject({ code: 'AttemptUnfinished' });
    store.trouble = () => undefined;
    expect(await resumed(store, journal)).toMatchObject({ how: 'done' });
    expect({ bytes: store.bytes, held: store.held }).toEqual({ bytes: theirs, held: undefined });
  });

  test('of which the store keeps something else is not done', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    store.compareAndSwap = async () => {
      store.overwrite(queuesState(['x'], 8));
      return store.read();
    };
    await expect(execute(request, executionOf(store))).rejects.toMatchObject({ code: 'StateOverwritten' });
  });

  test('whose new state comes out otherwise is refused', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    const execution = executionOf(store, { compute: () => Promise.resolve(queuesState([], 8)) });
    await expect(execute(request, execution)).rejects.toMatchObject({ code: 'PostStateDiffers' });
    expect({ writes: store.writes, held: store.held }).toEqual({ writes: 0, held: undefined });
  });

  test('waits for its turn while terraform holds the lock', async () => {
    const store = storeOf();
    const { request } = await prepared(store);
    store.held = ownLock();
    const theirs = store.held;
    await expect(execute(request, executionOf(store))).rejects.toMatchObject({ code: 'StateLocked' });
    expect({ writes: store.writes, held: store.held }).toEqual({ writes: 0, held: theirs });
  });
});

test('nothing is written without an approval', async () => {
  const store = storeOf();
  const { request } = await prepared(store);
  const execution = executionOf(store, {
    policy: { verify: () => Promise.reject(new RefusedError('ApprovalMissing', 'nobody agrees')) },
  });
  await expect(execute(request, execution)).rejects.toMatchObject({ code: 'ApprovalMissing', exitCode: 4 });
  expect({ writes: store.writes, held: store.held }).toEqual({ writes: 0, held: undefined });
  expect((await execution.journal.read()).records).toEqual([]);
});

/** All calls of an undisturbed execution, by their numbers. */
async function callsOf(): Promise<Call[]> {
  const store = storeOf();
  const { request } = await prepared(store);
  const calls: Call[] = [];
  store.trouble = (call, when) => {
    if (when === 'before') calls.push(call);
  };
  await execute(request, executionIn(join(home(), 'rehearsal'), store));
  return calls;
}

describe('whatever fails, wherever', () => {
  test('the state is as before or as approved, and the lock is gone', async () => {
    const calls = await callsOf();
    expect(calls).toEqual(['probe', 'lock', 'read', 'claim', 'swap', 'release']);
    for (const [index, call] of calls.entries()) {
      for (const when of ['before', 'after'] as const) {
        const store = storeOf();
        const { request } = await prepared(store);
        let number = 0;
        store.trouble = (_, now) => {
          if (now === 'before') number += 1;
          if (number === index + 1 && now === when) {
            number = Number.POSITIVE_INFINITY;
            throw new Broken(`${call} ${when}`);
          }
        };
        const execution = executionIn(join(home(), `${index}-${when}`), store);
        const outcome = await execute(request, execution).catch((error: unknown) => error);
        const isWritten = store.bytes.equals(POST);
        expect(isWritten || store.bytes.equals(BASE)).toBe(true);
        expect(store.held).toBeUndefined();
        expect(store.claimed.size).toBe(isWritten ? 1 : 0);
        const how = isWritten ? 'done' : 'rolled-back';
        expect((await execution.journal.read()).records.at(-1)).toMatchObject({ step: 'ended', how });
        if (isWritten) expect(outcome).toMatchObject({ state: { serial: 8 } });
        else expect(outcome).toBeInstanceOf(Broken);
      }
    }
  });

  test('when all fails from some step on, resume ends it, and nothing is locked any more', async () => {
    const calls = await callsOf();
    for (const index of calls.keys()) {
      for (const when of ['before', 'after'] as const) {
        const store = storeOf();
        const { request } = await prepared(store);
        let number = 0;
        store.trouble = (_, now) => {
          if (now === 'before') number += 1;
          if (number > index && (now === when || number > index + 1)) throw new Broken('gone');
        };
        const execution = executionIn(join(home(), `all-${index}-${when}`), store);
        const outcome = await execute(request, execution).catch((error: unknown) => error);
        expect(outcome).toMatchObject({ code: 'AttemptUnfinished' });
        store.trouble = () => undefined;
        const { journal } = execution;
        const { how } = await resumed(store, journal);
        expect(how).toBe(store.bytes.equals(POST) ? 'done' : 'rolled-back');
        expect(store.claimed.size).toBe(how === 'done' ? 1 : 0);
        expect(store.held).toBeUndefined();
        expect(await unfinishedRequests(journal, store.label, undefined)).toEqual([]);
      }
    }
  });
});
