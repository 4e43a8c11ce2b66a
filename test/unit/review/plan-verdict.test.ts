import { describe, expect, test } from '@jest/globals';

import { expectImported } from '../../../src/diagnosis/expected-action.js';
import { planVerdict } from '../../../src/review/plan-verdict.js';
import type { Plan, PlanAction } from '../../../src/terraform/plan/plan.js';

const QUEUE = 'aws_sqs_queue.a';

function planOf(
  changes: readonly (readonly [string, PlanAction])[],
  outcome: Plan['outcome'] = 'planned',
): Plan {
  return {
    ...{ version: '1.6.6', outcome, refreshes: [], drift: [], states: undefined },
    changes: changes.map(([address, action]) => ({
      ...{ address, action, type: 'aws_sqs_queue', reason: undefined, previousAddress: undefined },
    })),
    diagnostics: [
      { severity: 'error', summary: 'no such role', detail: '', address: undefined, place: undefined },
    ],
  };
}

describe('the plan after a change', () => {
  const create = [{ address: QUEUE, action: 'create' }] as const;

  test.each([
    ['is as expected when it does just that', create, [[QUEUE, 'create']], 'as-expected'],
    [
      'is as expected whatever else it does elsewhere',
      create,
      [
        [QUEUE, 'create'],
        ['b.b', 'delete'],
      ],
      'as-expected',
    ],
    ['differs when it does nothing', create, [], 'differs'],
    ['differs when it does something else', create, [[QUEUE, 'replace']], 'differs'],
    ['differs when it was to do nothing', [], [[QUEUE, 'create']], 'differs'],
    ['is as expected when it has nothing to do', [], [[QUEUE, 'noop']], 'as-expected'],
    ['need not update what was imported', [expectImported(QUEUE)], [], 'as-expected'],
    ['may update what was imported', [expectImported(QUEUE)], [[QUEUE, 'update']], 'as-expected'],
    ['has to update what has to be updated', [{ address: QUEUE, action: 'update' }], [], 'differs'],
    ['must not destroy what was imported', [expectImported(QUEUE)], [[QUEUE, 'replace']], 'differs'],
    ['need not read data anew', [{ address: QUEUE, action: 'read' }], [], 'as-expected'],
  ] as const)('%s', (_, expected, changes, kind) => {
    expect(planVerdict(planOf(changes), expected, [QUEUE]).kind).toBe(kind);
  });

  test('tells apart what it does to other addresses', () => {
    expect(
      planVerdict(
        planOf([
          [QUEUE, 'create'],
          ['b.b', 'delete'],
        ]),
        create,
        [QUEUE],
      ),
    ).toMatchObject({
      planned: create,
      besides: [{ address: 'b.b', action: 'delete' }],
    });
  });

  test('that failed says why', () => {
    expect(planVerdict(planOf([], 'failed'), create, [QUEUE])).toEqual({
      kind: 'failed',
      why: 'no such role',
    });
  });
});
