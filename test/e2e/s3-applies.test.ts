import { setTimeout } from 'node:timers/promises';

import { GetObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { expect, test } from '@jest/globals';

import { TfrepairError } from '../../src/errors.js';
import { sha256Of } from '../../src/surgery/store/stored-state.js';
import type { StateStore } from '../../src/surgery/store/store.js';
import { parseState } from '../../src/terraform/state/parse-state.js';
import { lockRequest, readStored } from '../support/s3-store.js';
import { requires } from './support/requires.js';
import { messageOf, nextOf, useS3Places, type S3Place } from './support/s3-places.js';

const describeS3 = await requires(['terraform', 'moto_server']);

const APPLY = ['apply', '-auto-approve', '-no-color'];

/** Each way: more than 50 in all. */
const APPLIES = 26;

describeS3('a state in S3, written by us and by terraform at once', () => {
  const places = useS3Places();

  test.each([
    ['with', { use_lockfile: true }],
    ['without', {}],
  ])(
    'loses no update of terraform %s its lock',
    async (name, settings) => {
      const place = await places.open(
        `lost-${name}`,
        settings,
        'variable "keys" { type = set(string) }\nresource "terraform_data" "one" { for_each = var.keys }',
      );
      const { root, store } = place;
      const applied: string[] = [];
      const told: Told = { written: new Set(), refused: new Set() };
      let isApplying = true;
      const applyAll = async (): Promise<void> => {
        for (let run = 0; run < APPLIES; run++) {
          const wanted = [...applied, `k${run}`];
          const keysOf = `-var=keys=${JSON.stringify(wanted)}`;
          await applyUnlessLocked(() => root.terraform(...APPLY, '-refresh=false', keysOf));
          applied.push(`k${run}`);
          // What an apply was told is written has to be there, whatever we do in between.
          const { instances } = parseState((await readStored(store)).bytes, 'the state');
          expect(instances.map(({ key }) => key).sort()).toEqual([...applied].sort());
        }
        isApplying = false;
      };
      const swapAll = async (): Promise<void> => {
        while (isApplying) {
          await setTimeout(20);
          if (applied.length > 0) await swapUnderLock(store, told);
        }
      };
      await Promise.all([applyAll(), swapAll()]);
      expect(told.written.size).toBeGreaterThan(10);

      const versions = await versionsOf(places.s3(), place);
      const overwritten = versions.filter(({ serial }, at) => serial <= (versions[at - 1]?.serial ?? -1));
      // Ours never destroys anything. Terraform without a lock writes blindly: only its own lock keeps it from that.
      expect(overwritten.filter(({ sha256 }) => told.written.has(sha256))).toEqual([]);
      if (name === 'with') expect(overwritten).toEqual([]);
      const stored = new Set(versions.map(({ sha256 }) => sha256));
      expect([...told.written].filter((sha256) => !stored.has(sha256))).toEqual([]);
      expect([...told.refused].filter((sha256) => stored.has(sha256))).toEqual([]);
    },
    280_000,
  );
});

/** Everything that was ever stored under a key, in order. */
async function versionsOf(
  s3: S3Client,
  { bucket: Bucket, key }: S3Place,
): Promise<{ serial: number; sha256: string }[]> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: key }));
  const states = Versions.filter((version) => version.Key === key).map(async ({ VersionId }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key, VersionId }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    return { serial: parseState(bytes, key).serial, sha256: sha256Of(bytes) };
  });
  return (await Promise.all(states)).reverse();
}

/** Its `-lock-timeout` gives up on a lock that is gone when it asks whose it is. */
async function applyUnlessLocked(apply: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const outcome = await apply().catch(messageOf);
    if (typeof outcome !== 'string') return;
    expect(outcome).toContain('Error acquiring the state lock');
  }
}

/** The digests of what we were told is stored, and is not. */
interface Told {
  readonly written: Set<string>;
  readonly refused: Set<string>;
}

/** One swap as the protocol does it. */
async function swapUnderLock(store: StateStore, told: Told): Promise<void> {
  const held = await store.lock(lockRequest()).catch(unlessCode('StateLocked'));
  if (held === undefined) return;
  const base = await readStored(store);
  const next = nextOf(base);
  await setTimeout(Math.random() * 50);
  const written = await store.compareAndSwap(base, next).catch((error: unknown) => {
    if (messageOf(error).includes('had not seen')) return undefined;
    told.refused.add(sha256Of(next));
    unlessCode('StateChanged')(error);
    return undefined;
  });
  if (written !== undefined) told.written.add(written.sha256);
  await held.release();
}

function unlessCode(code: string): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof TfrepairError) || error.code !== code) throw error;
  };
}
