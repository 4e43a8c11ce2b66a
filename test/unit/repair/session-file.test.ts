import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { loadSession, saveSession, type SavedSession } from '../../../src/repair/session-file.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';

const ID = '3f2a9c01d4e5';

const SESSION: SavedSession = {
  digest: ID.padEnd(64, '0'),
  handover: '/data/requests/3f2a9c01d4e5.json',
  findings: [{ code: 'deleted-outside', address: 'aws_sqs_queue.orders' }],
  flags: { account: 'ferries-stage', 'aws-profile': 'ferries' },
};

describe('a session that waits', () => {
  const folder = useTempDir();
  const file = (): string => join(folder(), 'repairs', `${ID}.json`);

  test('is read as it was written, from a file that is private', async () => {
    await saveSession(folder(), ID, SESSION);
    expect(await loadSession(folder(), ID)).toEqual(SESSION);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder(), 'repairs'))).toEqual([`${ID}.json`]);
  });

  test.each(['000000000000', '../../etc/passwd', '', ID.slice(1)])('%j is not known', async (id) => {
    await saveSession(folder(), ID, SESSION);
    await expect(loadSession(folder(), id)).rejects.toMatchObject({ code: 'RepairUnknown', exitCode: 2 });
  });

  test.each([
    ['no JSON', '{'],
    ['a secret that nobody wrote there', { ...SESSION, secret: 'x' }],
    ['another request', { ...SESSION, digest: '0'.repeat(64) }],
    ['too long', ' '.repeat(100_000)],
  ])('with %s is refused', async (_, content) => {
    await saveSession(folder(), ID, SESSION);
    const head = { schemaVersion: 1, type: 'tfrepair-repair' };
    await writeFile(file(), typeof content === 'string' ? content : JSON.stringify({ ...head, ...content }));
    await expect(loadSession(folder(), ID)).rejects.toMatchObject({ code: 'RepairUnreadable' });
  });
});
