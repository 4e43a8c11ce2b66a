import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { resume, unfinishedRequests } from '../../src/surgery/engine/resume.js';
import { openJournal } from '../../src/surgery/journal/journal.js';
import { ATTEMPT_STEPS } from '../../src/surgery/journal/record.js';
import { writeHandover } from '../../src/surgery/request/handover-file.js';
import { openLocalStateStore } from '../../src/surgery/store/local/local-state-store.js';
import { lookAtLock } from '../../src/surgery/unlock.js';
import { prepare } from '../../src/surgery/engine/prepare.js';
import { ownLock, queuesState, wishOf } from '../support/surgery/execution.js';
import { useTempDir } from './support/temp-dir.js';

const EXECUTOR = fileURLToPath(new URL('../support/surgery/executor.ts', import.meta.url));
const BASE = queuesState(['a', 'b', 'c']);
const POST = queuesState(['b', 'c'], 8);

const PLACES = [
  ...ATTEMPT_STEPS.flatMap((step) => [`before ${step}`, `after ${step}`]),
  ...['inside the claim', 'inside the write', 'after the write'],
];

/** What says beside a state that requests on it were executed. */
async function claimsOn(state: string): Promise<string[]> {
  return existsSync(`${state}.tfrepair`) ? readdir(`${state}.tfrepair`) : [];
}

describe('a process that is killed', () => {
  const home = useTempDir();

  async function executeUntil(place: string): Promise<{ state: string; signal: string | undefined }> {
    const state = join(home(), 'terraform.tfstate');
    const file = join(home(), 'request.json');
    await writeFile(state, BASE);
    const store = openLocalStateStore(state, process.env);
    const nonce = (): string => '0'.repeat(64);
    const { request } = await prepare(wishOf(), store, { now: Date.now, nonce });
    await writeHandover(file, { request });
    const args = ['--import', 'tsx', EXECUTOR, file, state, home(), place];
    const { signal } = await execa('node', args, { reject: false, timeout: 60_000 });
    return { state, signal };
  }

  test.each(PLACES)(
    '%s leaves the state as before or as approved, which resume tells, and no lock',
    async (place) => {
      const { state, signal } = await executeUntil(place);
      expect(signal).toBe('SIGKILL');
      const bytes = await readFile(state);
      const isWritten = bytes.equals(POST);
      expect(isWritten || bytes.equals(BASE)).toBe(true);
      const store = openLocalStateStore(state, process.env);
      const journal = openJournal(home(), Date.now);
      const { lock, request } = await lookAtLock(store, journal, undefined);
      if (lock !== null) expect(request).toMatch(/^[0-9a-f]{64}$/);
      const left = await unfinishedRequests(journal, store.label, undefined);
      for (const one of left) {
        const wait = (): Promise<void> => Promise.resolve();
        const { how } = await resume(one, { store, journal, lockRequest: ownLock(), wait });
        expect(how).toBe(isWritten ? 'done' : 'rolled-back');
      }
      expect(left).toHaveLength(place === 'before approved' || place === 'after ended' ? 0 : 1);
      expect(await store.currentLock()).toBeUndefined();
      expect(await claimsOn(state)).toHaveLength(isWritten ? 1 : 0);
      expect(await readFile(state)).toEqual(bytes);
      expect(await unfinishedRequests(journal, store.label, undefined)).toEqual([]);
      expect(await journal.read()).toMatchObject({ brokenAt: undefined });
    },
  );
});
