import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { prepare } from '../../src/surgery/engine/prepare.js';
import { openJournal } from '../../src/surgery/journal/journal.js';
import { requestsIn } from '../../src/surgery/journal/requests.js';
import { writeHandover } from '../../src/surgery/request/handover-file.js';
import { openLocalStateStore } from '../../src/surgery/store/local/local-state-store.js';
import { queuesState, wishOf } from '../support/surgery/execution.js';
import { useTempDir } from './support/temp-dir.js';

const EXECUTOR = fileURLToPath(new URL('../support/surgery/executor.ts', import.meta.url));
/** Some hundred kB. */
const BASE = queuesState(['a', ...Array.from({ length: 1500 }, (_, index) => `q${index}`)]);

/** A file system of its own, with room for 64 kB, in a mount namespace that ends with the process. */
const MOUNT = 'mount -t tmpfs -o size=64k none "$0" && exec "$@"';
const IN_NAMESPACE = ['--user', '--map-root-user', '--mount'];
const canMount = spawnSync('unshare', [...IN_NAMESPACE, 'true']).status === 0;

/** Containers of CI may forbid namespaces; that is no fault of theirs. */
const describeMounting = canMount ? describe : describe.skip;

describeMounting('a disk that is full (needs unshare)', () => {
  const home = useTempDir();

  test('when the state is backed up ends the attempt before anything is written', async () => {
    const [state, file, backups] = ['terraform.tfstate', 'request.json', 'backups'].map((name) =>
      join(home(), name),
    ) as [string, string, string];
    await mkdir(backups);
    await writeFile(state, BASE);
    const store = openLocalStateStore(state, process.env);
    const { request } = await prepare(wishOf(), store, { now: Date.now, nonce: () => '0'.repeat(64) });
    await writeHandover(file, { request });
    const execution = ['node', '--import', 'tsx', EXECUTOR, file, state, home(), 'nowhere'];
    const args = [...IN_NAMESPACE, 'sh', '-c', MOUNT, backups, ...execution];
    const { stderr, exitCode } = await execa('unshare', args, { reject: false, timeout: 60_000 });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('the disk is full');
    expect(stderr).toContain("code: 'BackupFailed'");
    expect(stderr).toContain('make room, or name another folder with --backup-dir');
    expect(await readFile(state)).toEqual(BASE);
    const { records } = await openJournal(home(), Date.now).read();
    expect(requestsIn(records)).toMatchObject([{ how: 'rolled-back', isUnfinished: false }]);
    expect(await store.currentLock()).toBeUndefined();
    expect((await readdir(home())).sort()).toEqual([
      'backups',
      'journal.jsonl',
      'request.json',
      'terraform.tfstate',
    ]);
  });
});
