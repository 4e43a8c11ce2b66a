import { appendFile, chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { openJournal, type Journal } from '../../../../src/surgery/journal/journal.js';
import { latest, requestsIn } from '../../../../src/surgery/journal/requests.js';
import { verifyChain } from '../../../../src/surgery/journal/verify-chain.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const NOW = Date.UTC(2026, 10, 23, 10);

describe('the journal', () => {
  const home = useTempDir();
  const file = (): string => join(home(), 'journal.jsonl');
  const open = (): Journal => openJournal(home(), () => NOW);

  async function filled(): Promise<Journal> {
    const journal = open();
    await journal.append({ request: A, step: 'prepared', root: 'acme', operations: ['rm aws_sqs_queue.q'] });
    await journal.append({ request: A, step: 'approved', approvers: [] });
    await journal.append({ request: A, step: 'locking', lock: 'an-id' });
    return journal;
  }

  test('keeps what is written, chained, in a private file', async () => {
    const { records, brokenAt, tornBytes } = await (await filled()).read();
    expect(records.map(({ step }) => step)).toEqual(['prepared', 'approved', 'locking']);
    expect(records[0]).toMatchObject({ at: '2026-11-23T10:00:00.000Z', previous: '0'.repeat(64) });
    expect({ brokenAt, tornBytes }).toEqual({ brokenAt: undefined, tornBytes: 0 });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(home())).toEqual(['journal.jsonl']);
  });

  test('that is not there yet is an empty one', async () => {
    expect(await open().read()).toMatchObject({ records: [], brokenAt: undefined });
  });

  test.each([
    ['changed', (lines: string[]) => [lines[0]?.replace('acme', 'evil'), ...lines.slice(1)], 2],
    ['taken out', (lines: string[]) => [lines[0], lines[2]], 2],
    ['put at the beginning', (lines: string[]) => [lines[1], ...lines], 1],
    ['no record', (lines: string[]) => ['nonsense', ...lines], 1],
    [
      'with more in it than is known',
      (lines: string[]) => [lines[0]?.replace('{', '{"x":1,'), ...lines.slice(1)],
      1,
    ],
  ])('notices a line that is %s, and is not added to any more', async (_, change, line) => {
    const journal = await filled();
    const lines = (await readFile(file(), 'utf8')).trimEnd().split('\n');
    await writeFile(file(), `${change(lines).join('\n')}\n`);
    expect(await journal.read()).toMatchObject({ brokenAt: line });
    await expect(journal.append({ request: A, step: 'writing' })).rejects.toMatchObject({
      code: 'JournalBroken',
    });
  });

  test('goes on after a line that a crash has cut short, and says so', async () => {
    const journal = await filled();
    await appendFile(file(), '{"at":"2026-11');
    expect(await journal.read()).toMatchObject({ brokenAt: undefined, tornBytes: 14 });
    await journal.append({ request: A, step: 'backing-up' });
    const { records, brokenAt, tornBytes } = await journal.read();
    expect(records.at(-1)).toMatchObject({ step: 'backing-up', torn: 14 });
    expect({ brokenAt, tornBytes }).toEqual({ brokenAt: undefined, tornBytes: 0 });
  });

  test('keeps its chain when many write at once', async () => {
    const journals = Array.from({ length: 12 }, open);
    await Promise.all(journals.map((journal) => journal.append({ request: B, step: 'prepared' })));
    expect(await open().read()).toMatchObject({ brokenAt: undefined, records: { length: 12 } });
  });

  test('is free again when who was writing to it was killed', async () => {
    await writeFile(`${file()}.lock`, `${hostname()} 4194305`);
    await open().append({ request: A, step: 'prepared' });
    expect(await readdir(home())).toEqual(['journal.jsonl']);
  });

  test('that cannot be written stops what would be done', async () => {
    await writeFile(join(home(), 'file'), '');
    await chmod(home(), 0o700);
    const journal = openJournal(join(home(), 'file'), () => NOW);
    await expect(journal.append({ request: A, step: 'prepared' })).rejects.toMatchObject({
      code: 'JournalNotWritten',
    });
  });

  test('tells of each request where it stands', async () => {
    const journal = await filled();
    await journal.append({ request: B, step: 'prepared' });
    const { records } = await journal.read();
    expect(requestsIn(records)).toMatchObject([
      { digest: A, step: 'locking', isUnfinished: true },
      { digest: B, step: 'prepared', isUnfinished: false },
    ]);
    await journal.append({ request: A, step: 'ended', how: 'rolled-back' });
    const [first] = requestsIn((await journal.read()).records);
    expect(first).toMatchObject({ how: 'rolled-back', isUnfinished: false });
    expect(latest(first?.records ?? [], 'lock')).toBe('an-id');
  });
});

test('an empty journal follows from nothing', () => {
  expect(verifyChain(Buffer.alloc(0))).toMatchObject({ records: [], brokenAt: undefined, tornBytes: 0 });
});
