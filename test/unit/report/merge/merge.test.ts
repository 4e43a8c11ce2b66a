import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { FleetDiagnosis } from '../../../../src/diagnosis/diagnosis.js';
import { inShard } from '../../../../src/fleet/shard.js';
import { mergeFiles } from '../../../../src/report/merge/merge-files.js';
import { mergeShards } from '../../../../src/report/merge/merge-shards.js';
import { readShard } from '../../../../src/report/merge/read-shard.js';
import { successEnvelope } from '../../../../src/ui/envelope.js';
import { ailing, fleet, healthy, unreachable } from '../../support/diagnoses.js';

const shard = (index: number, total: number, accounts: FleetDiagnosis['accounts'] = []) => ({
  file: `${index}.json`,
  fleet: { accounts, shard: { index, total } },
});

describe('merging shards', () => {
  test('gives what one machine would have found, whatever the order of the files', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 8 }),
        fc.infiniteStream<number>(fc.nat()),
        (names, total, random) => {
          const indices = Array.from({ length: total }, (_, i) => i + 1);
          const parts = indices
            .map((index) => {
              const accounts = inShard(names, { index, total }).map((name) => ({ ...healthy, name }));
              return { part: shard(index, total, accounts), place: Number(random.next().value) };
            })
            .sort((a, b) => a.place - b.place)
            .map(({ part }) => part);
          expect(mergeShards(parts, false)).toEqual({
            accounts: [...names].sort().map((name) => ({ ...healthy, name })),
          });
        },
      ),
    );
  });

  test('names the shards that are missing', () => {
    const given = [shard(1, 3, [ailing]), shard(3, 3)];
    expect(() => mergeShards(given, false)).toThrow('shard 2/3 is missing; given: 1/3, 3/3');
    expect(() => mergeShards([shard(2, 4)], false)).toThrow('shards 1/4, 3/4, 4/4 are missing; given: 2/4');
    expect(mergeShards(given, true)).toEqual({ accounts: [ailing], missingShards: [2] });
  });

  test('refuses a shard that is there twice', () => {
    const again = { ...shard(1, 2), file: 'again.json' };
    expect(() => mergeShards([shard(1, 2), again], true)).toThrow('1.json and again.json are both shard 1/2');
  });

  test('refuses shards of two runs', () => {
    expect(() => mergeShards([shard(1, 2), shard(2, 3)], true)).toThrow(
      '1.json is shard 1/2, but 2.json is shard 2/3',
    );
  });

  test('refuses an account that is there twice', () => {
    const whole = { file: 'whole.json', fleet: { accounts: [ailing] } };
    expect(() => mergeShards([shard(1, 1, [ailing]), whole], false)).toThrow(
      'the account ferries-prod is in 1.json and in whole.json',
    );
  });

  test('joins diagnoses that are no shards, and shows an incomplete one again', () => {
    const files = [ailing, healthy].map((root) => ({ file: root.name, fleet: { accounts: [root] } }));
    expect(mergeShards(files, false)).toEqual({ accounts: [ailing, healthy] });
  });

  test('refuses to merge what was merged without all shards', () => {
    const merged = { file: 'merged.json', fleet: { accounts: [ailing], missingShards: [2] } };
    expect(() => mergeShards([merged, shard(2, 2)], true)).toThrow('merged.json has been merged already');
  });
});

describe('reading a shard', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tfrepair-merge-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Reads a file with this content. */
  async function reading(content: string | Uint8Array): Promise<FleetDiagnosis> {
    const file = join(folder, 'shard.json');
    await writeFile(file, content);
    return (await readShard(file, 1)).fleet;
  }

  const documentOf = (result: unknown): string => JSON.stringify(successEnvelope('diagnose', result));

  test('gives back what was written', async () => {
    const written = { ...fleet, shard: { index: 2, total: 3 } };
    expect(await reading(documentOf(written))).toEqual(written);
  });

  test('leaves out what nobody knows', async () => {
    const canary = 'canary-77';
    const accounts = [{ ...healthy, secret: canary, state: { ...healthy.state, password: canary } }];
    expect(JSON.stringify(await reading(documentOf({ accounts, secret: canary })))).not.toContain(canary);
  });

  test.each([
    ['', 'it is empty'],
    ['{"schemaVersion": 1, "comm', 'not all of it is there'],
    ['[]', 'not what tfrepair prints with --json'],
    ['{"a": 1}', 'not what tfrepair prints with --json'],
    [documentOf({ bundle: 'x' }), 'accounts: '],
    [documentOf({ accounts: [{ ...ailing, findings: [{ code: 'odd' }] }] }), 'accounts.0.findings.0.code: '],
    [documentOf({ accounts: [], shard: { index: 4, total: 3 } }), 'shard: '],
    [documentOf({ accounts: [], shard: { index: 1, total: 1e15 } }), 'shard.total: '],
  ])('says what is wrong with %j', async (content, why) => {
    await expect(reading(content)).rejects.toMatchObject({
      code: 'ReportInvalid',
      message: expect.stringContaining(why),
    });
  });

  test('refuses what is no text', async () => {
    await expect(reading(new Uint8Array([0x7b, 0xff, 0xfe]))).rejects.toThrow('it is not UTF-8 text');
  });

  test('refuses a document of another version', async () => {
    const other = JSON.stringify({ ...successEnvelope('diagnose', fleet), schemaVersion: 2 });
    await expect(reading(other)).rejects.toThrow('it has schemaVersion 2, this program knows 1');
  });

  test('tells the error that a shard ended with', async () => {
    const error = { code: 'ServerDown', message: 'the server is down', exitCode: 1 };
    await expect(reading(JSON.stringify({ schemaVersion: 1, command: 'diagnose', error }))).rejects.toThrow(
      'holds no diagnosis but an error: the server is down (ServerDown)',
    );
  });

  test('names a file that is not there', async () => {
    await expect(readShard(join(folder, 'none.json'), 1)).rejects.toMatchObject({ code: 'ReportUnreadable' });
  });

  test('never fails otherwise, whatever the file holds', async () => {
    const content = fc.oneof(
      fc.json(),
      fc.jsonValue().map(documentOf),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(content, async (content) => {
        const code = await reading(content).then(
          () => 'fine',
          (error: unknown) => (error as { code?: string }).code,
        );
        expect(['fine', 'ReportInvalid', 'ReportVersionUnknown']).toContain(code);
      }),
      { numRuns: 60 },
    );
  });

  test('reads all files of a merge', async () => {
    const files = await Promise.all(
      [ailing, unreachable].map(async (root, i) => {
        const file = join(folder, `${i}.json`);
        await writeFile(file, documentOf({ accounts: [root], shard: { index: i + 1, total: 2 } }));
        return file;
      }),
    );
    expect(await mergeFiles(files, { incomplete: false, schemaVersion: 1 })).toEqual({
      accounts: [unreachable, ailing],
    });
  });
});
