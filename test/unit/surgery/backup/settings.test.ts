import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { parseConfig } from '../../../../src/config/load.js';
import { afterExecution } from '../../../../src/surgery/backup/after-execution.js';
import { formatBackupName } from '../../../../src/surgery/backup/backup-name.js';
import { backedUpState, openBackups } from '../../../../src/surgery/backup/backups.js';
import { backupSettings } from '../../../../src/surgery/backup/settings.js';
import { execute } from '../../../../src/surgery/engine/execute.js';
import { openJournal } from '../../../../src/surgery/journal/journal.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { executionIn, NOW, prepared, queuesState } from '../../../support/surgery/execution.js';
import { MemoryStore } from '../../../support/surgery/memory-store.js';

const PLACES = { dataFolder: '/data', cwd: '/home/me' };
const config = (text: string) => parseConfig(text, 'c.toml');

describe('the settings of backups', () => {
  test('have defaults', () => {
    expect(backupSettings(config(''), {}, PLACES)).toEqual({
      ...{ folder: '/data/backups', encryption: undefined, copyBeside: false },
      retention: { count: 20, days: 90 },
    });
  });

  test('are those of the file, whose folder the flag overrides', () => {
    const recipient = 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq';
    const text = `[tfrepair.backup]
      dir = "kept"
      recipients = ["${recipient}"]
      keep_count = 3
      keep_days = 0
      copy_beside = true`;
    const settings = backupSettings(config(text), { 'backup-dir': '' }, PLACES);
    expect(settings).toMatchObject({
      ...{ folder: '/home/me/kept', copyBeside: true, retention: { count: 3, days: 0 } },
    });
    expect(settings.encryption).toBeDefined();
    expect(backupSettings(config(text), { 'backup-dir': '/x' }, PLACES).folder).toBe('/x');
  });
});

describe('after an execution', () => {
  const home = useTempDir();
  const folder = (): string => join(home(), 'backups');
  const DAY = 24 * 3_600_000;

  test('old backups of the state go, and what an unfinished request needs stays', async () => {
    const store = new MemoryStore(queuesState(['a', 'b']));
    const of = backedUpState('acme', store);
    const old = [50, 60, 70].map((days) =>
      formatBackupName({ ...of, serial: 1, time: NOW - days * DAY, isEncrypted: false }),
    );
    const others = formatBackupName({ ...of, root: 'b', serial: 1, time: 0, isEncrypted: false });
    await mkdir(folder());
    for (const name of [...old, others]) await writeFile(join(folder(), name), '');
    const now = (): number => NOW;
    const journal = openJournal(home(), now);
    const needed = { file: join(folder(), old[1] ?? ''), sha256: '' };
    const { request } = await prepared(store);
    const backups = openBackups(folder(), now, undefined);
    const { backup } = await execute(request, executionIn(home(), store, { journal, backups }));
    await journal.append({ request: 'b'.repeat(64), step: 'writing', state: 'elsewhere', backup: needed });
    const notes: string[] = [];
    const settings = { folder: folder(), retention: { count: 1, days: 30 } };
    await afterExecution(of, { journal, settings, now, note: (text) => notes.push(text) });
    expect((await readdir(folder())).map((name) => join(folder(), name)).sort()).toEqual(
      [backup.file, needed.file, join(folder(), others)].sort(),
    );
    expect(notes).toEqual([]);
  });

  test('what cannot be removed is told', async () => {
    const notes: string[] = [];
    const settings = { folder: join(home(), 'none'), retention: { count: 1, days: 30 } };
    const journal = openJournal(home(), () => NOW);
    const of = { root: 'acme', key: 'k' };
    await afterExecution(of, { journal, settings, now: () => NOW, note: (text) => notes.push(text) });
    expect(notes).toEqual([expect.stringContaining('old backups were not removed: ENOENT')]);
  });
});
