import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { formatBackupName, parseBackupName } from '../../../../src/surgery/backup/backup-name.js';
import { openBackups } from '../../../../src/surgery/backup/backups.js';
import { encryptFor } from '../../../../src/surgery/backup/encryption.js';
import { findBackup, readBackup } from '../../../../src/surgery/backup/read-backup.js';
import { expiredBackups, removeExpired } from '../../../../src/surgery/backup/retention.js';
import { storedState } from '../../../../src/surgery/store/stored-state.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { stateOf } from '../../../support/s3-store.js';

const OF = { root: 'acme-stage', key: 'terraform/acme stage.tfstate' };
const NOW = Date.UTC(2026, 10, 23, 10, 30, 15, 7);
const DAY = 24 * 3_600_000;
const STATE = storedState(stateOf(12), 'token', 'the state');

describe('the name of a backup', () => {
  test('tells account, key, serial and time', () => {
    const name = formatBackupName({ ...OF, serial: 12, time: NOW, isEncrypted: false });
    expect(name).toBe('acme-stage__terraform_acme_stage.tfstate__12__20261123T103015007Z.tfstate');
    expect(parseBackupName(name)).toMatchObject({ serial: 12, time: NOW, isEncrypted: false });
  });

  test.each([['../../etc'], ['..'], ['a/../b'], ['-'], ['_'], ['é\u202e']])(
    'of %j stays in its folder',
    (key) => {
      const name = formatBackupName({ root: key, key, serial: 1, time: NOW, isEncrypted: true });
      expect(name).toMatch(/^[A-Za-z0-9-][\w.-]*$/);
      expect(parseBackupName(name)).toMatchObject({ serial: 1, isEncrypted: true });
    },
  );

  test.each([['notes.txt'], ['a__b__1__x.tfstate'], ['terraform.tfstate']])('is not %s', (name) => {
    expect(parseBackupName(name)).toBeUndefined();
  });
});

describe('a backup', () => {
  const home = useTempDir();
  const folder = (): string => join(home(), 'backups');

  test('is private, holds the very bytes, and is found by its serial', async () => {
    const { file, sha256 } = await openBackups(folder(), () => NOW, undefined).keep(STATE, OF);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file)).toEqual(STATE.bytes);
    expect(sha256).toBe(STATE.sha256);
    expect(await findBackup(folder(), OF, 12)).toBe(file);
    expect(await readBackup(file, undefined)).toMatchObject({ serial: 12, sha256 });
  });

  test('of a serial that there is none of is asked for in vain, with those that there are', async () => {
    await openBackups(folder(), () => NOW, undefined).keep(STATE, OF);
    await expect(findBackup(folder(), OF, 3)).rejects.toMatchObject({ hint: 'the newest are of 12' });
    await expect(findBackup(join(home(), 'none'), OF, 3)).rejects.toMatchObject({ code: 'BackupMissing' });
  });

  test('that cannot be written is an error, and leaves nothing behind', async () => {
    await writeFile(folder(), '');
    const kept = openBackups(folder(), () => NOW, undefined).keep(STATE, OF);
    await expect(kept).rejects.toMatchObject({ code: 'BackupFailed' });
    await expect(openBackups('/dev/full/x', () => NOW, undefined).keep(STATE, OF)).rejects.toThrow('back up');
  });

  test('that was encrypted is of use only to who has the identity', async () => {
    const { generateIdentity, identityToRecipient } = await import('age-encryption');
    const identity = await generateIdentity();
    const encryption = encryptFor([await identityToRecipient(identity)]);
    const { file } = await openBackups(folder(), () => NOW, encryption).keep(STATE, OF);
    expect((await readFile(file)).includes('lineage')).toBe(false);
    await expect(readBackup(file, undefined)).rejects.toMatchObject({ code: 'BackupNotDecrypted' });
    const keys = join(home(), 'keys.txt');
    await writeFile(keys, `# created by somebody\n${identity}\n`);
    expect((await readBackup(file, keys)).bytes).toEqual(STATE.bytes);
    await writeFile(keys, `${await generateIdentity()}\n`);
    await expect(readBackup(file, keys)).rejects.toMatchObject({ code: 'BackupNotDecrypted' });
  });

  test('is encrypted for nobody whose recipient is mistyped', async () => {
    const kept = openBackups(folder(), () => NOW, encryptFor(['age1nonsense'])).keep(STATE, OF);
    await expect(kept).rejects.toMatchObject({ code: 'RecipientInvalid' });
  });
});

describe('backups that go', () => {
  const home = useTempDir();
  const nameOf = (days: number, of = OF): string =>
    formatBackupName({ ...of, serial: 100 - days, time: NOW - days * DAY, isEncrypted: false });
  const names = [1, 10, 40, 50, 60].map((days) => nameOf(days));
  const at = (needed: string[] = []) => ({ needed: new Set(needed), now: NOW });

  test('are old, with enough newer ones', () => {
    expect(expiredBackups(names, OF, { count: 2, days: 45 }, at())).toEqual([nameOf(50), nameOf(60)]);
    expect(expiredBackups(names, OF, { count: 4, days: 45 }, at())).toEqual([nameOf(60)]);
    expect(expiredBackups(names, OF, { count: 5, days: 0 }, at())).toEqual([]);
  });

  test('are never the last one, what an unfinished request needs, or of another state', () => {
    expect(expiredBackups([nameOf(60)], OF, { count: 0, days: 1 }, at())).toEqual([]);
    expect(expiredBackups(names, OF, { count: 2, days: 45 }, at([nameOf(50)]))).toEqual([nameOf(60)]);
    expect(expiredBackups(names, { ...OF, root: 'other' }, { count: 1, days: 1 }, at())).toEqual([]);
  });

  test('are removed, and nothing else', async () => {
    await mkdir(home(), { recursive: true });
    for (const name of [...names, 'notes.txt']) await writeFile(join(home(), name), '');
    const needed = [join(home(), nameOf(50))];
    await removeExpired(home(), OF, { count: 2, days: 45 }, { needed, now: NOW });
    expect((await readdir(home())).sort()).toEqual([...names.slice(0, 4), 'notes.txt'].sort());
  });
});
