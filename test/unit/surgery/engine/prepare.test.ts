import { describe, expect, test } from '@jest/globals';

import { RefusedError } from '../../../../src/errors.js';
import { storedState } from '../../../../src/surgery/store/stored-state.js';
import { prepared, queuesState } from '../../../support/surgery/execution.js';
import { MemoryStore } from '../../../support/surgery/memory-store.js';

const BASE = queuesState(['a', 'b', 'c']);
const POST = queuesState(['b', 'c'], 8);

const storeOf = (): MemoryStore => new MemoryStore(BASE);

describe('a request', () => {
  test('is not made while the reconcile loop runs, unless that is accepted with a reason', async () => {
    const store = storeOf();
    await expect(prepared(store, { loopIsOff: false })).rejects.toBeInstanceOf(RefusedError);
    const accepted = await prepared(store, { loopIsOff: false, acceptRunningLoop: 'it only reads' });
    expect(accepted.request.acceptRunningLoop).toBe('it only reads');
    const idle = await prepared(store, { acceptRunningLoop: 'it only reads' });
    expect(idle.request.acceptRunningLoop).toBeUndefined();
  });

  test('names the nearest address to a mistyped one', async () => {
    const wish = { operations: [{ op: 'rm', addresses: ['aws_sqs_queue.aa'] }] } as const;
    await expect(prepared(storeOf(), wish)).rejects.toMatchObject({
      ...{ code: 'AddressNotFound', hint: expect.stringContaining('aws_sqs_queue.a') as unknown },
    });
  });

  test('foretells the next plan', async () => {
    const { request, changes } = await prepared(storeOf());
    expect(changes).toEqual([{ kind: 'removed', address: 'aws_sqs_queue.a' }]);
    expect(request.expectedPlan).toEqual([{ address: 'aws_sqs_queue.a', action: 'create' }]);
    const move = {
      operations: [{ op: 'mv', moves: [{ from: 'aws_sqs_queue.a', to: 'aws_sqs_queue.d' }] }],
    } as const;
    const isConfigured = (address: string): boolean => address === 'aws_sqs_queue.a';
    expect((await prepared(storeOf(), { ...move, isConfigured })).request.expectedPlan).toEqual([
      { address: 'aws_sqs_queue.a', action: 'create' },
      { address: 'aws_sqs_queue.d', action: 'delete' },
    ]);
  });

  test('makes an earlier content current, under the next serial', async () => {
    const store = new MemoryStore(POST);
    const earlier = storedState(BASE, '', 'the backup');
    const operations = [{ op: 'restore', sha256: earlier.sha256, serial: earlier.serial }] as const;
    const { post } = await prepared(store, { operations, earlier });
    expect(post.toString()).toBe(queuesState(['a', 'b', 'c'], 9).toString());
    const foreign = storedState(Buffer.from(BASE.toString().replace('5f1bb8b4', 'ffffffff')), '', 'x');
    const other = [{ op: 'restore', sha256: foreign.sha256, serial: 7 }] as const;
    await expect(prepared(store, { operations: other, earlier: foreign })).rejects.toMatchObject({
      code: 'BackupUnfit',
    });
  });
});
