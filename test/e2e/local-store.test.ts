import { existsSync } from 'node:fs';
import { link, readFile, readdir, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { expect, test } from '@jest/globals';
import { execa } from 'execa';

import { openFileLocks } from '../../src/surgery/lock/file-locks.js';
import { openLocalStateStore } from '../../src/surgery/store/local/local-state-store.js';
import type { StateStore, StoredState } from '../../src/surgery/store/store.js';
import { lockRequest, readStored } from '../support/s3-store.js';
import { requires } from './support/requires.js';
import { useTempDir } from './support/temp-dir.js';
import { initRealRoot, type RealRoot } from './support/terraform-root.js';

const describeRoot = await requires(['terraform']);

const APPLY = ['apply', '-auto-approve', '-no-color'];

/** Whose creation ends when the file `go` is there, and begins by making the file `begun`. */
const SLOW = `
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch begun; for i in $(seq 600); do [ -e go ] && exit 0; sleep 0.1; done; exit 1"
  }
}`;

/** The same state with one serial more, and a mark that terraform keeps. */
function nextOf({ bytes, serial }: StoredState): Buffer {
  const state = JSON.parse(bytes.toString()) as { outputs: object };
  const outputs = { ...state.outputs, mark: { value: `by us ${serial}`, type: 'string' } };
  return Buffer.from(`${JSON.stringify({ ...state, serial: serial + 1, outputs }, undefined, 2)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

describeRoot('a state in a file', () => {
  const home = useTempDir();

  async function openApplied(
    config = 'resource "terraform_data" "one" {}',
  ): Promise<{ root: RealRoot; store: StateStore; file: string }> {
    const root = await initRealRoot(home(), { 'main.tf': config });
    await root.terraform(...APPLY);
    const file = join(root.folder, 'terraform.tfstate');
    return { root, file, store: openLocalStateStore(file, process.env) };
  }

  test('is replaced under our lock only, as terraform can go on with', async () => {
    const { root, store, file } = await openApplied();
    await store.probe();
    const base = await readStored(store);
    await expect(store.compareAndSwap(base, nextOf(base))).rejects.toMatchObject({ code: 'StateNotLocked' });
    const held = await store.lock(lockRequest());
    const written = await store.compareAndSwap(base, nextOf(base));
    await held.release();
    expect(written.bytes).toEqual(await readFile(file));
    expect((await stat(file)).mode).toBe(0o100644);
    expect(String((await root.terraform('output', '-raw', 'mark')).stdout)).toBe(`by us ${base.serial}`);
    expect((await readdir(root.folder)).filter((name) => name.includes('lock.info'))).toEqual([]);
    expect((await readdir(root.folder)).filter((name) => name.includes('tfrepair'))).toEqual([]);
  });

  test('that has changed since is left alone', async () => {
    const { store, file } = await openApplied();
    const base = await readStored(store);
    const theirs = nextOf(base).toString().replace('by us', 'by them');
    await writeFile(file, theirs);
    const held = await store.lock(lockRequest());
    await expect(store.compareAndSwap(base, nextOf(base))).rejects.toMatchObject({ code: 'StateChanged' });
    await held.release();
    expect(await readFile(file, 'utf8')).toBe(theirs);
  });

  test('keeps terraform out while we have its lock, also when it is replaced', async () => {
    const { root, store } = await openApplied();
    const held = await store.lock(lockRequest({ who: 'jdoe@laptop' }));
    const refused = async (): Promise<void> => {
      const said = messageOf(await root.terraform(...APPLY).catch((error: unknown) => error));
      expect(said).toContain('Error acquiring the state lock');
      expect(said).toContain(`ID:        ${held.id}`);
    };
    await refused();
    const base = await readStored(store);
    await store.compareAndSwap(base, nextOf(base));
    await refused();
    expect(await store.currentLock()).toMatchObject({ id: held.id });
    await held.release();
    await root.terraform(...APPLY);
  });

  test('is left alone while terraform has its lock', async () => {
    const { root, store } = await openApplied();
    await writeFile(join(root.folder, 'slow.tf'), SLOW);
    const applying = root.terraform(...APPLY);
    while (!existsSync(join(root.folder, 'begun'))) await Promise.race([setTimeout(50), applying]);
    await expect(store.lock(lockRequest())).rejects.toMatchObject({
      ...{ code: 'StateLocked', message: expect.stringContaining('for OperationTypeApply') as unknown },
    });
    const { id = '' } = (await store.currentLock()) ?? {};
    await expect(store.breakLock(id)).rejects.toMatchObject({ code: 'LockInUse' });
    await writeFile(join(root.folder, 'go'), '');
    await applying;
    await (await store.lock(lockRequest())).release();
  });

  test('is not lost on a terraform that waits for its lock', async () => {
    const { root, store, file } = await openApplied();
    await writeFile(join(root.folder, 'two.tf'), 'resource "terraform_data" "two" {}');
    const held = await store.lock(lockRequest());
    const waiting = root.terraform(...APPLY, '-lock-timeout=60s').catch((error: unknown) => error);
    // It has opened the file once it says that it waits, or soon.
    await setTimeout(3000);
    const base = await readStored(store);
    const written = await store.compareAndSwap(base, nextOf(base));
    await held.release();
    const outcome = messageOf(await waiting);
    // It may have opened the file before or after it was replaced: it fails, or it goes on with the new state.
    const now = JSON.parse(await readFile(file, 'utf8')) as { outputs: object; serial: number };
    if (now.serial === written.serial) expect(outcome).toContain('Unsupported state file format');
    expect(now.outputs).toMatchObject(now.serial === written.serial ? { mark: {} } : {});
    await root.terraform(...APPLY);
    expect(String((await root.terraform('state', 'list')).stdout).split('\n')).toEqual([
      'terraform_data.one',
      'terraform_data.two',
    ]);
  });

  test('behind a link stays behind it, and other names of it keep what they have', async () => {
    const { root, file } = await openApplied();
    const real = join(root.folder, 'real.tfstate');
    const copy = join(root.folder, 'copy.tfstate');
    await rename(file, real);
    await link(real, copy);
    await symlink(real, file);
    const store = openLocalStateStore(file, process.env);
    const base = await readStored(store);
    const held = await store.lock(lockRequest());
    await store.compareAndSwap(base, nextOf(base));
    await held.release();
    expect(await readFile(real)).toEqual(nextOf(base));
    expect(await readFile(copy)).toEqual(base.bytes);
    expect(await readFile(file)).toEqual(nextOf(base));
  });

  test('can be unlocked when whoever locked it was killed', async () => {
    const { store, file, root } = await openApplied();
    const note = join(root.folder, '.terraform.tfstate.lock.info');
    await writeFile(note, JSON.stringify({ ID: 'theirs', Who: 'jdoe@elsewhere' }));
    expect(await store.currentLock()).toMatchObject({ id: 'theirs' });
    await expect(store.breakLock('shown')).rejects.toMatchObject({ code: 'LockChanged' });
    await store.breakLock('theirs');
    expect(existsSync(note)).toBe(false);
    expect(await store.keepCopy?.('backup', Buffer.from('{}'))).toBe(`${file}.backup`);
    await expect(store.keepCopy?.('backup', Buffer.from('{}'))).rejects.toMatchObject({ code: 'CopyFailed' });
  });
});

describeRoot('the lock on a file', () => {
  const home = useTempDir();

  test.each(['perl', 'python3'])('that %s holds is seen by every other program', async (program) => {
    const folder = home();
    const file = join(folder, 'state file');
    await writeFile(file, '{}');
    await symlink(await executableOf(program), join(folder, program));
    const [ours, theirs] = [await openFileLocks({ PATH: folder }), await openFileLocks(process.env)];
    expect(await ours.lock(file)).toBe(true);
    expect(await theirs.lock(file)).toBe(false);
    await ours.release();
    expect(await theirs.lock(file)).toBe(true);
    await expect(theirs.lock(join(folder, 'none'))).rejects.toMatchObject({
      ...{ code: 'LockFailed', message: expect.stringContaining('No such file') as unknown },
    });
    await theirs.release();
  });

  test('needs a program that can take it', async () => {
    await expect(openFileLocks({ PATH: home() })).rejects.toMatchObject({ code: 'LockUnavailable' });
  });
});

/** The program itself, not what a version manager puts in its place. */
async function executableOf(program: string): Promise<string> {
  const ask = program === 'perl' ? ['-e', 'print $^X'] : ['-c', 'import sys; print(sys.executable)'];
  return (await execa(program, ask)).stdout;
}
