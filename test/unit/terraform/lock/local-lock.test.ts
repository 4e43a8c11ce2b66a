import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { readLock } from '../../../../src/terraform/lock/read-lock.js';
import type { LockInfo } from '../../../../src/terraform/lock/lock-info.js';
import { readState } from '../../../../src/terraform/state/read-state.js';
import { useTempDir } from '../../../e2e/support/temp-dir.js';
import { writeFiles } from '../../../support/write-files.js';

const folder = useTempDir();

const access = {
  credentials: () => Promise.reject(new Error('no credentials are needed')),
  pull: () => Promise.resolve(Buffer.from('pulled')),
  signal: new AbortController().signal,
};

const backend = (): { type: 'local'; path: string } => ({
  type: 'local',
  path: join(folder(), 'x.tfstate'),
});

async function lockWith(info: string): Promise<LockInfo | undefined> {
  await writeFiles(folder(), { '.x.tfstate.lock.info': info, 'x.tfstate': '{}' });
  return readLock(backend(), access);
}

describe('the lock of a local state', () => {
  test('is what another machine has left beside it', async () => {
    const lock = await lockWith('{"ID": "x", "Who": "jdoe@another.example.com"}');
    expect(lock).toMatchObject({ id: 'x', who: 'jdoe@another.example.com' });
  });

  test('is none when nobody has left anything', async () => {
    expect(await readLock(backend(), access)).toBeUndefined();
  });

  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux('is none when a terraform of this machine was killed', async () => {
    expect(await lockWith(JSON.stringify({ ID: 'x', Who: `jdoe@${hostname()}` }))).toBeUndefined();
  });

  test('is refused when it is none', async () => {
    await expect(lockWith('x'.repeat(70_000))).rejects.toMatchObject({ code: 'LockUnreadable' });
    await expect(lockWith('')).rejects.toMatchObject({ code: 'LockInvalid' });
  });
});

describe('the state of a root', () => {
  test('is the bytes of a file, or nothing when there is none yet', async () => {
    expect(await readState(backend(), access)).toBeUndefined();
    await writeFiles(folder(), { 'x.tfstate': '{"version": 4}' });
    expect(Buffer.from((await readState(backend(), access)) ?? []).toString()).toBe('{"version": 4}');
  });

  test('is refused when it is no file', async () => {
    const reading = readState({ type: 'local', path: folder() }, access);
    await expect(reading).rejects.toMatchObject({
      code: 'StateUnreadable',
      message: `cannot read the state ${folder()}: it is not a file`,
    });
  });

  test('is pulled by terraform where nobody else can read it', async () => {
    const other = { type: 'other', name: 'gcs' } as const;
    expect(Buffer.from((await readState(other, access)) ?? []).toString()).toBe('pulled');
    expect(await readLock(other, access)).toBeUndefined();
  });
});
