import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import { historyOf } from '../../../src/surgery/history.js';
import { openJournal, type Journal } from '../../../src/surgery/journal/journal.js';
import type { JournalEntry } from '../../../src/surgery/journal/record.js';
import { requestsIn } from '../../../src/surgery/journal/requests.js';
import { renderHistory } from '../../../src/ui/history-report.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';

const A = 'a'.repeat(64);
const NOW = Date.UTC(2026, 10, 23, 10);
const PREPARED: JournalEntry = {
  ...{ request: A, step: 'prepared', root: 'acme', state: 's3://states/acme', reason: 'deleted by hand' },
  operations: ['rm'],
};
const SASHA = { person: 'sasha', proof: 'sts', principal: 'arn:aws:iam::123456789012:user/reviewer' };
const ROBIN = { ...SASHA, person: 'robin', principal: 'arn:aws:iam::123456789012:user/operator' };
const REJECTED: JournalEntry = { request: A, step: 'rejected', by: SASHA, reason: 'the queue is in use' };
const GLASS: JournalEntry = {
  ...{ request: A, step: 'break-glass', by: { ...ROBIN, proof: 'break-glass:sts' } },
  ...{ reason: 'nobody is awake', ticket: 'ACME-7' },
};
const APPROVED: JournalEntry = { request: A, step: 'approved', approvers: [SASHA] };
const ROLLED_BACK: JournalEntry = { request: A, step: 'ended', how: 'rolled-back' };
const DONE: JournalEntry = { request: A, step: 'ended', how: 'done' };

describe('the history of a request', () => {
  const home = useTempDir();

  async function journalOf(...entries: JournalEntry[]): Promise<Journal> {
    const journal = openJournal(home(), () => NOW);
    for (const entry of entries) await journal.append(entry);
    return journal;
  }

  async function shown(...entries: JournalEntry[]): Promise<string> {
    const history = await historyOf(await journalOf(...entries));
    return renderHistory(history, new Chalk({ level: 0 }));
  }

  test.each([
    ['waits', [PREPARED], 'waiting'],
    ['was rejected', [PREPARED, REJECTED], 'rejected'],
    ['was rejected on a machine that has not prepared it', [REJECTED], 'rejected'],
    ['was rejected after it had been rolled back', [PREPARED, APPROVED, ROLLED_BACK, REJECTED], 'rejected'],
    ['was rejected when it was done already', [PREPARED, APPROVED, DONE, REJECTED], 'done'],
    ['is in the middle of an attempt while it is rejected', [PREPARED, APPROVED, REJECTED], 'unfinished'],
    ['is about to be done without a second person', [PREPARED, GLASS], 'waiting'],
  ] as const)('that %s says so', async (_, entries, result) => {
    const { requests } = await historyOf(await journalOf(...entries));
    expect(requests.map((request) => request.result)).toEqual([result]);
  });

  test('a rejection does not make a cut short attempt look ended', async () => {
    const { records } = await (await journalOf(PREPARED, APPROVED, REJECTED)).read();
    expect(requestsIn(records)[0]).toMatchObject({ isUnfinished: true, step: 'approved' });
  });

  test('the words of others are not taken for the reason of the maker', async () => {
    const { requests } = await historyOf(await journalOf(PREPARED, GLASS, REJECTED));
    expect(requests[0]).toMatchObject({
      reason: 'deleted by hand',
      rejected: { reason: 'the queue is in use', by: { person: 'sasha' } },
      breakGlass: { reason: 'nobody is awake', ticket: 'ACME-7', by: { person: 'robin' } },
    });
  });

  test('names who approved, and by which proof', async () => {
    expect(await shown(PREPARED, APPROVED, DONE)).toContain(
      'approved by sasha (sts: arn:aws:iam::123456789012:user/reviewer)',
    );
  });

  test('tells who rejected it, and why', async () => {
    expect(await shown(PREPARED, REJECTED)).toContain(
      'rejected by sasha (sts) at 2026-11-23T10:00:00.000Z: the queue is in use',
    );
  });

  test('does not call a break-glass an approval', async () => {
    const alone = { ...APPROVED, approvers: [{ ...ROBIN, proof: 'break-glass:sts' }] };
    const text = await shown(PREPARED, GLASS, alone, DONE);
    expect(text).toContain('BREAK-GLASS by robin (break-glass:sts) at');
    expect(text).toContain('nobody is awake (ACME-7)');
    expect(text).toContain('approved by nobody: robin (break-glass:sts');
  });

  test('draws nothing on the terminal that others have written', async () => {
    const hostile = { ...REJECTED, reason: '\u001b[2J\u202edone' };
    const text = await shown(PREPARED, hostile);
    expect(text).toContain(String.raw`\x1b[2J\u202edone`);
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});
