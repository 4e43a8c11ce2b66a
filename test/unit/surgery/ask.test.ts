import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { ask, type Asked } from '../../../src/surgery/ask.js';
import { historyOf } from '../../../src/surgery/history.js';
import { openJournal } from '../../../src/surgery/journal/journal.js';
import { readHandover } from '../../../src/surgery/request/handover-file.js';
import type { StateRoot } from '../../../src/surgery/roots/state-root.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import { NOW, queuesState } from '../../support/surgery/execution.js';
import { MemoryStore } from '../../support/surgery/memory-store.js';

const ASKED: Asked = {
  operations: [{ op: 'rm', addresses: ['aws_sqs_queue.a'] }],
  ...{ reason: 'deleted by hand', ticket: undefined, acceptRunningLoop: undefined },
  ...{ dryRun: false, requestOut: undefined },
};

describe('a change that is asked for', () => {
  const home = useTempDir();
  const maker = () => ({
    ...{ version: '0.1.0', dataFolder: join(home(), 'data') },
    world: { now: () => NOW, cwd: home() },
  });
  const rootOf = (store: MemoryStore, loopIsOff = true): StateRoot => ({
    ...{ name: 'acme', store, account: undefined, aws: undefined, loopIsOff, isConfigured: () => true },
    privateRoot: () => Promise.reject(new Error('terraform is not run')),
  });

  test('becomes a request and a line in the journal; the state is left alone', async () => {
    const store = new MemoryStore(queuesState(['a', 'b']));
    const { request, refused } = await ask(ASKED, rootOf(store), maker());
    if (request === undefined) throw new Error('there is no request');
    expect(await readHandover(request.file)).toMatchObject({
      request: { root: 'acme', reason: 'deleted by hand' },
    });
    expect((await stat(request.file)).mode & 0o777).toBe(0o600);
    expect(refused).toContain('a second person');
    expect({ writes: store.writes, held: store.held }).toEqual({ writes: 0, held: undefined });
    const history = await historyOf(openJournal(join(home(), 'data'), () => NOW));
    expect(history.requests).toMatchObject([
      { digest: request.digest, result: 'waiting', operations: ['rm'] },
    ]);
  });

  test('takes along what was found of its very instances', async () => {
    const store = new MemoryStore(queuesState(['a', 'b']));
    const found = (address?: string) => ({
      ...({ code: 'deleted-outside', summary: 'it is gone' } as const),
      ...(address === undefined ? {} : { address }),
    });
    const addresses = ['aws_sqs_queue.a', 'aws_sqs_queue.a["x"]', 'aws_sqs_queue.ab', 'aws_sqs_queue.b'];
    const evidence = addresses.map(found);
    const { request } = await ask({ ...ASKED, evidence }, rootOf(store), maker());
    const handover = await readHandover(request?.file ?? '');
    expect(handover.request.evidence.map(({ address }) => address)).toEqual(addresses.slice(0, 2));
  });

  test('is written where the user wants it', async () => {
    const store = new MemoryStore(queuesState(['a', 'b']));
    const { request } = await ask({ ...ASKED, requestOut: 'mine.json' }, rootOf(store), maker());
    expect(request?.file).toBe(join(home(), 'mine.json'));
  });

  test('leaves nothing behind when it is only looked at, also while the loop runs', async () => {
    const store = new MemoryStore(queuesState(['a', 'b']));
    const report = await ask({ ...ASKED, dryRun: true }, rootOf(store, false), maker());
    expect(report.changes).toEqual([{ kind: 'removed', address: 'aws_sqs_queue.a' }]);
    expect(report.request).toBeUndefined();
    expect(await readdir(home())).toEqual([]);
  });
});
