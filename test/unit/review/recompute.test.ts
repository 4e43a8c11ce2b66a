import { describe, expect, test } from '@jest/globals';

import { recompute, type Means } from '../../../src/review/recompute.js';
import type { SurgeryRequest } from '../../../src/surgery/request/request.js';
import { prepared, queuesState } from '../../support/surgery/execution.js';
import { MemoryStore } from '../../support/surgery/memory-store.js';

const BASE = queuesState(['a', 'b']);
const MEANS: Means = { earlier: undefined, isConfigured: () => true };

async function differences(
  change: (request: SurgeryRequest) => SurgeryRequest,
  meanwhile: (store: MemoryStore) => void = () => undefined,
): Promise<readonly string[]> {
  const store = new MemoryStore(BASE);
  const { request } = await prepared(store);
  meanwhile(store);
  return (await recompute(change(request), store, MEANS)).differences;
}

const asItIs = (request: SurgeryRequest): SurgeryRequest => request;

describe('a request that is computed anew', () => {
  test('is what it claims to be when nobody has touched it or the state', async () => {
    const store = new MemoryStore(BASE);
    const { request } = await prepared(store);
    expect(await recompute(request, store, MEANS)).toMatchObject({
      changes: [{ kind: 'removed', address: 'aws_sqs_queue.a' }],
      expectedPlan: [{ action: 'create', address: 'aws_sqs_queue.a' }],
      ...{ base: { serial: 7 }, differences: [] },
    });
    expect(store.writes).toBe(0);
  });

  test('names another state than it claims to make', async () => {
    const post = { sha256: 'a'.repeat(64), serial: 8 };
    expect(await differences((request) => ({ ...request, post }))).toEqual([
      expect.stringMatching(/^the operations make another state than the request says: .*not aaaaaaaaaaaa…$/),
    ]);
    const serial = (request: SurgeryRequest): SurgeryRequest => ({
      ...request,
      post: { ...request.post, serial: 9 },
    });
    expect(await differences(serial)).toHaveLength(1);
  });

  test('names what it says too little and too much of the next plan', async () => {
    const expectedPlan = [{ action: 'delete', address: 'aws_sqs_queue.b' }] as const;
    expect(await differences((request) => ({ ...request, expectedPlan }))).toEqual([
      'the next plan will create aws_sqs_queue.a, which the request does not say',
      'the request says that the next plan will delete aws_sqs_queue.b, which it will not',
    ]);
  });

  test('says how the state has changed since', async () => {
    const written = (bytes: Buffer) => (store: MemoryStore) => {
      store.overwrite(bytes);
    };
    expect(await differences(asItIs, written(BASE))).toEqual([
      'the state was written again with the same content since the request was made (serial 7)',
    ]);
    expect(await differences(asItIs, written(queuesState(['a', 'b', 'c'], 9)))).toEqual([
      'the state has changed since the request was made (serial 7 → 9)',
    ]);
    const base = (request: SurgeryRequest) => ({ ...request, base: { ...request.base, lineage: 'another' } });
    expect(await differences(base)).toEqual([expect.stringContaining('the state is another one')]);
  });

  test('is refused with both reasons when it does not fit the changed state any more', async () => {
    const gone = differences(asItIs, (store) => {
      store.overwrite(queuesState(['b'], 8));
    });
    await expect(gone).rejects.toMatchObject({
      code: 'RequestDiffers',
      message: expect.stringMatching(/serial 7 → 8.*do not fit it any more/) as unknown,
    });
  });
});
