import { describe, expect, test } from '@jest/globals';

import type { Recomputed } from '../../../src/review/recompute.js';
import { instanceCount, reviewView, type Findings } from '../../../src/review/review-view.js';
import type { Change } from '../../../src/surgery/difference/structural-difference.js';
import type { SurgeryRequest } from '../../../src/surgery/request/request.js';
import { MemoryStore } from '../../support/surgery/memory-store.js';
import { queuesState } from '../../support/surgery/execution.js';
import { requestOf } from '../../support/surgery/request.js';

const A = 'aws_sqs_queue.a';
const MOVED: Change = { kind: 'moved', from: A, to: 'aws_sqs_queue.b', what: [] };
const OWNER = { app: 'acme', namespace: 'acme-stage', provider: 'sqs', identifier: 'a', contacts: [] };

async function view(
  more: Partial<Recomputed> = {},
  found: Partial<Findings> = {},
  request: SurgeryRequest = requestOf(),
) {
  const store = new MemoryStore(queuesState(['a']));
  const recomputed = {
    ...{ base: await store.read(), changes: [{ kind: 'removed', address: A }] as const },
    ...{ expectedPlan: [], differences: [], ...more },
  };
  const findings = {
    ...{ facts: new Map(), around: { owners: new Map(), aws: new Map(), notes: [] }, word: {}, ...found },
  };
  const root = { name: 'acme-stage', store, loopIsOff: true, account: requestOf().account };
  return reviewView(request, root, recomputed, findings, Date.parse(request.createdAt) + 60_000);
}

describe('what a reviewer looks at', () => {
  test('is what the state, app-interface and AWS say of each instance', async () => {
    const facts = new Map([[A, { id: 'q-1', dependents: ['aws_iam_policy.p'], suspect: undefined }]]);
    const aws = new Map([[A, { existence: 'gone', changes: [] } as const]]);
    const around = { owners: new Map([[A, [OWNER]]]), aws, notes: ['AWS was slow'] };
    const expectedPlan = [
      { action: 'create', address: A },
      { action: 'update', address: 'aws_iam_policy.p' },
    ] as const;
    const shown = await view({ expectedPlan }, { facts, around, word: { proven: 'robin' } });
    expect(shown).toMatchObject({ provenMaker: 'robin', ageMs: 60_000, notes: ['AWS was slow'] });
    expect(shown.instances).toEqual([
      {
        ...{ change: { kind: 'removed', address: A }, address: A, type: 'aws_sqs_queue', id: 'q-1' },
        ...{ owners: [OWNER], aws: aws.get(A), dependents: ['aws_iam_policy.p'] },
        expected: [expectedPlan[0]],
      },
    ]);
  });

  test('shows what is moved where it is now, with the plan of both addresses', async () => {
    const expectedPlan = [
      { action: 'create', address: A },
      { action: 'delete', address: 'aws_sqs_queue.b' },
    ] as const;
    const { instances } = await view({ changes: [MOVED], expectedPlan });
    expect(instances).toMatchObject([{ address: A, expected: expectedPlan }]);
  });

  test('counts no member of the document as an instance', async () => {
    const changes = [MOVED, { kind: 'document', what: 'check_results' }] as const;
    const { instances, document } = await view({ changes });
    expect(instances).toHaveLength(instanceCount(changes));
    expect({ count: instances.length, document }).toEqual({ count: 1, document: ['check_results'] });
  });

  test('shows the id that an import names, and what is wrong with the maker as a difference', async () => {
    const request = requestOf({ operations: [{ op: 'import', address: A, id: 'q-9' }] });
    const changes = [{ kind: 'added', address: A }] as const;
    const word = { difference: 'its proof is of another request' };
    const shown = await view({ changes, differences: ['one'] }, { word }, request);
    expect(shown.instances).toMatchObject([{ id: 'q-9' }]);
    expect(shown.differences).toEqual(['one', 'its proof is of another request']);
  });
});
