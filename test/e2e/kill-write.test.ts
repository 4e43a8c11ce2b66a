import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';

import { prepare } from '../../src/surgery/engine/prepare.js';
import { openJournal } from '../../src/surgery/journal/journal.js';
import { writeHandover } from '../../src/surgery/request/handover-file.js';
import type { StateStore } from '../../src/surgery/store/store.js';
import { lookAtLock } from '../../src/surgery/unlock.js';
import { openStore } from '../support/s3-store.js';
import { startS3Server, type S3Server } from '../support/s3-server.js';
import { HOLDS, startSlowProxy } from '../support/slow-proxy.js';
import { queuesState, resumed, wishOf } from '../support/surgery/execution.js';
import { useTempDir } from './support/temp-dir.js';

const EXECUTOR = fileURLToPath(new URL('../support/surgery/executor.ts', import.meta.url));
const PATH = '/states/acme/prod.tfstate';
/** Some megabytes, so that they are on their way for a while. */
const OTHERS = Array.from({ length: 12_000 }, (_, index) => `q${index}`);
const BASE = queuesState(['a', ...OTHERS]);
const POST = queuesState(OTHERS, 8);
const PATIENCE = { connect: 10_000, idle: 30_000 };

describe('a process that is killed inside its PutObject', () => {
  const home = useTempDir();
  let server: S3Server;
  let store: StateStore;

  beforeEach(async () => {
    server = await startS3Server();
    await fetch(`${server.origin}${PATH}`, { method: 'PUT', body: new Uint8Array(BASE) });
    store = await openStore(server.origin, {}, { patience: PATIENCE });
  });

  afterEach(async () => {
    store.close();
    await server.close();
    delete process.env['AWS_ENDPOINT_URL'];
  });

  const stored = (): Buffer | undefined => server.objects.get(PATH)?.bytes;
  const beside = (suffix: string): string[] =>
    [...server.objects.keys()].filter((key) => key.startsWith(PATH) && key.endsWith(suffix));

  test.each(HOLDS)(
    '%s leaves the state as before or as approved, and a lock that is explained; resume converges',
    async (hold) => {
      const isWrite = ({ method, url = '' }: IncomingMessage): boolean =>
        method === 'PUT' && url.split('?')[0] === PATH;
      const proxy = await startSlowProxy(server.origin, isWrite, hold);
      const file = join(home(), 'request.json');
      const occasion = { now: Date.now, nonce: () => '0'.repeat(64) };
      const { request, digest } = await prepare(wishOf(), store, occasion);
      await writeHandover(file, { request });
      const args = ['--import', 'tsx', EXECUTOR, file, proxy.origin, home(), 'nowhere'];
      const executing = execa('node', args, { reject: false, timeout: 60_000 });
      await Promise.race([proxy.reached, executing]);
      executing.kill('SIGKILL');
      expect(await executing).toMatchObject({ signal: 'SIGKILL' });

      const isWritten = hold.endsWith('answer');
      expect(stored()?.equals(isWritten ? POST : BASE)).toBe(true);
      const journal = openJournal(home(), Date.now);
      expect(await lookAtLock(store, journal, undefined)).toMatchObject({
        ...{ request: digest, lock: { who: 'jdoe@laptop' } },
      });
      expect(beside('.spent')).toHaveLength(1);

      const isLate = hold === 'before the server has it';
      const wait = (): Promise<void> => (isLate ? proxy.letGo() : Promise.resolve());
      const isDone = isWritten || isLate;
      expect(await resumed(store, journal, wait)).toMatchObject({ how: isDone ? 'done' : 'rolled-back' });
      expect(stored()?.equals(isDone ? POST : BASE)).toBe(true);
      expect(beside('.spent')).toHaveLength(isDone ? 1 : 0);
      expect(beside('.tflock')).toEqual([]);
      expect(await journal.read()).toMatchObject({ brokenAt: undefined });
      await proxy.close();
    },
  );
});
