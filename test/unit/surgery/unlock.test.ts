import { beforeEach, expect, test } from '@jest/globals';

import { openJournal, type Journal } from '../../../src/surgery/journal/journal.js';
import { lookAtLock, type LockReport } from '../../../src/surgery/unlock.js';
import { createPalette } from '../../../src/ui/palette.js';
import { renderLock, renderNext, unlockQuestion, warningOf } from '../../../src/ui/lock-report.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import { NOW, ownLock, queuesState } from '../../support/surgery/execution.js';
import { MemoryStore } from '../../support/surgery/memory-store.js';

const home = useTempDir();
const digest = 'a'.repeat(64);
const colour = createPalette({ isTTY: false, env: {}, noColor: true });

let store: MemoryStore;
let journal: Journal;

beforeEach(() => {
  store = new MemoryStore(queuesState(['a']));
  journal = openJournal(home(), () => NOW);
});

function locked(): string {
  store.held = ownLock();
  return store.held.id;
}

test('a state that nobody has locked is said to be free, and nobody is asked', async () => {
  const report = await lookAtLock(store, journal, () => Promise.reject(new Error('asked')));
  expect(report).toMatchObject({ lock: null, released: false });
  expect(renderLock(report, NOW, colour)).toBe('s3://states/acme.tfstate is not locked.');
  expect(renderNext(report, {})).toBeUndefined();
});

test('a lock is taken away by its ID, or when somebody agrees to it', async () => {
  const id = locked();
  expect(await lookAtLock(store, journal, undefined)).toMatchObject({ released: false });
  expect(await lookAtLock(store, journal, () => Promise.resolve(false))).toMatchObject({ released: false });
  expect(store.held).toBeDefined();
  expect(await lookAtLock(store, journal, id)).toMatchObject({ released: true });
  locked();
  expect(await lookAtLock(store, journal, () => Promise.resolve(true))).toMatchObject({ released: true });
  expect(store.held).toBeUndefined();
});

test('the lock of a request that was cut short is explained, and left to resume', async () => {
  const id = locked();
  await journal.append({ request: digest, step: 'approved', reason: 'deleted by hand' });
  await journal.append({ request: digest, step: 'locking', lock: id });
  const report = await lookAtLock(store, journal, () => Promise.reject(new Error('asked')));
  expect(report).toMatchObject({ request: digest, entry: { step: 'locking', isUnfinished: true } });
  const text = renderLock(report, NOW, colour);
  expect(text).toContain('request  aaaaaaaaaaaa of this machine: deleted by hand');
  expect(text).toContain('journal  cut short at "locking", 2026-11-23T10:00:00.000Z');
  expect(renderNext(report, { account: 'acme' })).toBe(
    'Next: tfrepair state resume aaaaaaaaaaaa --account acme',
  );
});

test('that a request has ended already is told, too', async () => {
  const id = locked();
  await journal.append({ request: digest, step: 'approved', lock: id, reason: 'deleted by hand' });
  await journal.append({ request: digest, step: 'ended', how: 'done' });
  const report = await lookAtLock(store, journal, undefined);
  expect(renderLock(report, NOW, colour)).toContain('journal  ended, 2026-11-23T10:00:00.000Z');
  expect(renderNext(report, { dir: 'infra' })).toContain(`state unlock --dir infra --lock-id ${id}`);
});

const HOUR = 3_600_000;

test.each([
  ['OperationTypeApply', 0, 'an apply: it may be', 'less than a minute ago'],
  ['OperationTypePlan', HOUR, 'a plan: it writes nothing', '60 min ago'],
  ['state-rm', 5 * HOUR, 'a change of the state by hand', '5 hours ago'],
  ['tfrepair state rm', 72 * HOUR, 'by tfrepair, here or on another machine', '3 days ago'],
  ['', -HOUR, 'something that may be writing', 'by a clock that is ahead of this one'],
])('a lock for %j, %d ms old, says what it may protect', (operation, age, purpose, since) => {
  const text = renderLock(reportOf({ operation, created: NOW - age }), NOW, colour);
  expect(text).toContain(purpose);
  expect(text).toContain(since);
});

test.each([
  [0, 'It is recent'],
  [HOUR, 'make sure that nobody is'],
  [undefined, 'make sure that nobody is'],
])('who takes away a lock %p ms old is warned', (age, warning) => {
  const created = age === undefined ? undefined : NOW - age;
  expect(warningOf(reportOf({ operation: 'state-mv', created }), NOW)).toContain(warning);
});

test('what has to be typed is the beginning of the ID', () => {
  expect(unlockQuestion('6d3b0a2e-2f0e-4c8e-9c53-1f5a8b7c9d10')).toEqual({
    message: 'Type 6d3b0a2e to take the lock away (Enter leaves it):',
    expected: '6d3b0a2e',
  });
});

test('a lock info cannot move the cursor', () => {
  const text = renderLock(reportOf({ operation: '\u001B[2J', created: undefined }), NOW, colour);
  expect(text).not.toContain('\u001B');
});

function reportOf(lock: Pick<NonNullable<LockReport['lock']>, 'operation' | 'created'>): LockReport {
  const rest = { id: '6d3b0a2e', who: 'jdoe@laptop', version: undefined, path: undefined };
  return { state: 's3://states/acme.tfstate', lock: { ...rest, ...lock }, released: false };
}
