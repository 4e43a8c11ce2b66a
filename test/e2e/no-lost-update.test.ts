import { setTimeout } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { TfrepairError } from '../../src/errors.js';
import type { StateStore } from '../../src/surgery/store/store.js';
import { startFaultyProxy, type Fault, type FaultyProxy } from '../support/faulty-proxy.js';
import { openStore, readStored } from '../support/s3-store.js';
import { startS3Server, type S3Server } from '../support/s3-server.js';
import { lostUpdates, markedState, markOf } from '../support/write-log.js';

/** Writes in all. */
const WRITES = 10_000;
const KEYS = 10;
/** Per state: two of ours, one that writes with If-Match, and one that reads before it writes but sets no condition. */
const WRITERS = ['ours', 'ours', 'conditional', 'blind'] as const;
/** All of this is one process, which may keep an answer waiting. */
const PATIENCE = { connect: 30_000, idle: 30_000 };
/** Writes of others for each of ours: they are much quicker, and would else do all of them. */
const OTHERS_PER_OURS = 1;
const SEED = 20_261_123;

let server: S3Server;
let proxy: FaultyProxy;

beforeEach(async () => {
  server = await startS3Server();
  proxy = await startFaultyProxy(server.origin);
});

afterEach(async () => {
  await proxy.close();
  await server.close();
  delete process.env['AWS_ENDPOINT_URL'];
});

/** Numbers from 0 to 1, the same for each seed (a linear congruential generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** What the writers of one state were told. */
interface Told {
  readonly written: string[];
  readonly refused: string[];
  readonly unclear: string[];
  /** Those of ours that were written. */
  readonly swapped: string[];
}

/** What goes wrong, now and then. */
const FAULTS: readonly Fault[] = [
  { kind: 'answer', status: 500 },
  { kind: 'answer', status: 500, passed: true },
  { kind: 'answer', status: 409, body: '<Error><Code>ConditionalRequestConflict</Code></Error>' },
  { kind: 'reset' },
  { kind: 'reset', passed: true },
];

async function swapOnce(store: StateStore, told: Told): Promise<void> {
  const base = await readStored(store);
  const { bytes, write } = markedState(base.serial + 1, markOf(base.bytes).write);
  try {
    await store.compareAndSwap(base, bytes);
    told.written.push(write);
    told.swapped.push(write);
  } catch (error) {
    if (!(error instanceof TfrepairError)) throw error;
    if (error.exitCode === 5) told.refused.push(write);
    else told.unclear.push(write);
  }
}

async function putOnce(url: string, told: Told, isConditional: boolean): Promise<void> {
  const current = await fetch(url);
  const { write: builtOn, serial } = markOf(Buffer.from(await current.arrayBuffer()));
  const { bytes, write } = markedState(serial + 1, isConditional ? builtOn : undefined);
  const headers: Record<string, string> = isConditional
    ? { 'if-match': current.headers.get('etag') ?? '' }
    : {};
  const { ok } = await fetch(url, { method: 'PUT', body: bytes, headers });
  (ok ? told.written : told.refused).push(write);
}

test('of 10,000 interleaved writes no acknowledged one is lost unseen', async () => {
  const next = randomNumbers(SEED);
  // Reads are tried three times and no more: a fault in every one of them would end the test.
  proxy.fault = ({ method }) =>
    method !== 'GET' && next() < 0.01 ? FAULTS[Math.floor(next() * FAULTS.length)] : undefined;
  let left = WRITES;

  const runState = async (index: number): Promise<Told> => {
    const key = `acme/${index}.tfstate`;
    const path = `/states/${key}`;
    await fetch(`${server.origin}${path}`, { method: 'PUT', body: markedState(1, undefined).bytes });
    const told: Told = { written: [], refused: [], unclear: [], swapped: [] };
    const tries = { ours: 0, others: 0 };
    await Promise.all(
      WRITERS.map(async (kind) => {
        const store =
          kind === 'ours' ? await openStore(proxy.origin, { key }, { patience: PATIENCE }) : undefined;
        while (left-- > 0) {
          if (store !== undefined) await swapOnce(store, told);
          else await putOnce(`${server.origin}${path}`, told, kind === 'conditional');
          if (store !== undefined) tries.ours++;
          else tries.others++;
          do await setTimeout(next() * 3);
          while (left > 0 && store === undefined && tries.others > OTHERS_PER_OURS * (tries.ours + 1));
        }
        store?.close();
      }),
    );
    return told;
  };

  const outcomes = await Promise.all(Array.from({ length: KEYS }, (_, index) => runState(index)));
  for (const [index, told] of outcomes.entries()) {
    const written = server.log.get(`/states/acme/${index}.tfstate`) ?? [];
    const stored = new Set(written.map((bytes) => markOf(bytes).write));
    expect(lostUpdates(written)).toEqual([]);
    expect(told.written.filter((write) => !stored.has(write))).toEqual([]);
    expect(told.refused.filter((write) => stored.has(write))).toEqual([]);
  }
  const sum = (kind: keyof Told): number => outcomes.reduce((total, told) => total + told[kind].length, 0);
  expect(sum('written') + sum('refused') + sum('unclear')).toBe(WRITES);
  expect(sum('swapped')).toBeGreaterThan(500);
  expect(sum('refused')).toBeGreaterThan(1000);
}, 400_000);
