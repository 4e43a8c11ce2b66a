import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { FailedError, RefusedError } from '../../../src/errors.js';
import { carryOut, type Order, type Site } from '../../../src/review/carry-out.js';
import { openBackups } from '../../../src/surgery/backup/backups.js';
import { openJournal } from '../../../src/surgery/journal/journal.js';
import type { StateRoot } from '../../../src/surgery/roots/state-root.js';
import { renderCarriedOut } from '../../../src/ui/carried-out-report.js';
import { createPalette } from '../../../src/ui/palette.js';
import { useTempDir } from '../../e2e/support/temp-dir.js';
import { APPROVER, NOW, prepared, queuesState } from '../../support/surgery/execution.js';
import { MemoryStore } from '../../support/surgery/memory-store.js';

const ACCOUNT = { uid: '123456789012', partition: 'aws' };
const BASE = queuesState(['a', 'b']);

describe('a request that is carried out', () => {
  const home = useTempDir();
  const rootOf = (store: MemoryStore, more: Partial<StateRoot> = {}): StateRoot => ({
    ...{ name: 'acme', store, account: ACCOUNT, aws: undefined, loopIsOff: true, isConfigured: () => true },
    privateRoot: () => Promise.reject(new Error('terraform is not run')),
    ...more,
  });
  const siteOf = (more: Partial<Site> = {}): Site => ({
    ...{ journal: openJournal(home(), () => NOW), keepCopy: false, now: () => NOW },
    backups: openBackups(join(home(), 'backups'), () => NOW, undefined),
    terraform: {
      import: () => Promise.reject(new Error('terraform is not run')),
      edit: () => Promise.reject(new Error('terraform is not run')),
    },
    plan: () => Promise.reject(new FailedError('TerraformMissing', 'terraform is not there')),
    ...more,
  });
  const orderOf = async (store: MemoryStore, more: Partial<Order> = {}): Promise<Order> => ({
    request: (await prepared(store)).request,
    policy: { verify: () => Promise.resolve([APPROVER]) },
    ...{ earlier: undefined, verify: 'targeted', ...more },
  });

  test('is written, and only its addresses are planned', async () => {
    const store = new MemoryStore(BASE);
    let targets: readonly string[] = [];
    const plan: Site['plan'] = (wanted) => {
      targets = wanted;
      const nothing = { refreshes: [], drift: [], diagnostics: [], states: undefined, version: undefined };
      return Promise.resolve({
        ...{ ...nothing, outcome: 'planned' },
        changes: [
          {
            address: 'aws_sqs_queue.a',
            type: 'aws_sqs_queue',
            action: 'create',
            reason: undefined,
            previousAddress: undefined,
          },
        ],
      });
    };
    const done = await carryOut(await orderOf(store), rootOf(store), siteOf({ plan }));
    expect(store.bytes).toEqual(queuesState(['b'], 8));
    expect(targets).toEqual(['aws_sqs_queue.a']);
    expect(done).toMatchObject({ serial: 8, approvers: [APPROVER], plan: { kind: 'as-expected' } });
  });

  test('stays written when nothing can be planned, and says why', async () => {
    const store = new MemoryStore(BASE);
    const done = await carryOut(await orderOf(store), rootOf(store), siteOf());
    expect(done.plan).toEqual({ kind: 'skipped', why: 'terraform is not there' });
    expect(store.bytes).toEqual(queuesState(['b'], 8));
  });

  test('says that somebody has built on it already', async () => {
    const store = new MemoryStore(BASE);
    const swap = store.compareAndSwap.bind(store);
    store.compareAndSwap = async (base, bytes) => ({ ...(await swap(base, bytes)), builtUpon: 9 });
    const done = await carryOut(await orderOf(store), rootOf(store), siteOf());
    expect(done).toMatchObject({ serial: 8, builtUpon: 9 });
    const text = renderCarriedOut(done, createPalette({ isTTY: false, env: {}, noColor: true }));
    expect(text).toContain('has serial 8');
    expect(text).toContain('since     somebody has built serial 9 on it already');
  });

  test('is refused in another account, while the loop runs, and without an approval', async () => {
    const store = new MemoryStore(BASE);
    const order = await orderOf(store);
    const elsewhere = rootOf(store, { account: { ...ACCOUNT, uid: '210987654321' } });
    await expect(carryOut(order, elsewhere, siteOf())).rejects.toMatchObject({ code: 'OtherAccount' });
    const otherPartition = rootOf(store, { account: { ...ACCOUNT, partition: 'aws-cn' } });
    await expect(carryOut(order, otherPartition, siteOf())).rejects.toMatchObject({ code: 'OtherAccount' });
    const running = rootOf(store, { loopIsOff: false });
    await expect(carryOut(order, running, siteOf())).rejects.toMatchObject({ code: 'LoopRunning' });
    const policy = { verify: () => Promise.reject(new RefusedError('ApprovalMissing', 'nobody agrees')) };
    const refused = carryOut({ ...order, policy }, rootOf(store), siteOf());
    await expect(refused).rejects.toMatchObject({ code: 'ApprovalMissing' });
    expect({ writes: store.writes, bytes: store.bytes }).toEqual({ writes: 0, bytes: BASE });
  });
});
