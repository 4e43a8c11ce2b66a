import { describe, expect, test } from '@jest/globals';

import { LogReader } from '../../../../src/terraform/log/log-reader.js';
import type { Plan } from '../../../../src/terraform/plan/plan.js';

function read(text: string): Plan {
  const reader = new LogReader();
  for (const line of text.split('\n')) reader.line(line);
  return reader.result();
}

describe('the heading of a resource', () => {
  const headings: readonly [
    heading: string,
    action: string,
    reason?: string | undefined,
    previous?: string,
  ][] = [
    ['  # t.n will be updated in-place', 'update'],
    ['  # t.n must be replaced', 'replace', 'cannot_update'],
    ['  # t.n will be replaced, as requested', 'replace', 'requested'],
    ['  # t.n will be replaced due to changes in replace_triggered_by', 'replace', 'replace_triggered_by'],
    ['  # t.n is tainted, so must be replaced', 'replace', 'tainted'],
    ['  # t.n (deposed object 1a2b3c4d) will be destroyed', 'delete'],
    ['  # t.n will be imported', 'import'],
    [' # t.n will no longer be managed by Terraform, but will not be destroyed', 'forget'],
    [' # t.n will be removed from the OpenTofu state but will not be destroyed', 'forget'],
    ['  # t.n will be updated in-place\n  # (moved from t.o[0])', 'update', undefined, 't.o[0]'],
    [
      '  # t.n will be destroyed\n  # (because module.a is not in configuration)',
      'delete',
      'delete_because_no_module',
    ],
    [
      '  # t.n will be destroyed\n  # (because key ["a"] is not in for_each map)',
      'delete',
      'delete_because_each_key',
    ],
    [
      '  # t.n will be destroyed\n  # (because resource uses count or for_each)',
      'delete',
      'delete_because_wrong_repetition',
    ],
    [
      '  # t.n will be destroyed\n  # (because t.o was moved to t.n, which is not in configuration)',
      'delete',
      'delete_because_no_move_target',
    ],
  ];
  test.each(headings.map((row) => ({ row })))(
    '$row',
    ({ row: [heading, action, reason, previousAddress] }) => {
      expect(read(heading).changes).toEqual([{ address: 't.n', type: 't', action, reason, previousAddress }]);
    },
  );

  test.each(['# t.n will be happy', '  # (3 unchanged attributes hidden)', 'x # forces replacement'])(
    '%j is none',
    (line) => {
      expect(read(line)).toMatchObject({ changes: [], drift: [] });
    },
  );
});

describe('the reading of a resource', () => {
  test.each([
    ['data.t.n: Read complete after 0s [id=a]', 0],
    ['data.t.n: Read complete after 1m5s [id=a]', 65_000],
    ['data.t.n: Read complete after 1h0m1s', 3_601_000],
  ])('%s takes %i ms', (end, durationMs) => {
    const plan = read(`data.t.n: Reading...\ndata.t.n: Still reading... [10s elapsed]\n${end}`);
    expect(plan.refreshes).toMatchObject([{ address: 'data.t.n', durationMs }]);
  });

  test('has no duration when it never ended', () => {
    expect(read('data.t.n: Reading...').refreshes).toEqual([
      { address: 'data.t.n', type: 't', id: undefined, durationMs: undefined },
    ]);
  });

  test('is told once when a log has a plan and an apply', () => {
    const line = 't.n["a: b"]: Refreshing state... [id=[x]]';
    expect(read(`${line}\n${line}`).refreshes).toMatchObject([{ address: 't.n["a: b"]', id: '[x]' }]);
  });

  test('of a deposed object is another one', () => {
    const plan = read(
      't.n: Refreshing state... [id=a]\nt.n (deposed object 1a2b3c4d): Refreshing state... [id=b]',
    );
    expect(plan.refreshes.map(({ address, id }) => [address, id])).toEqual([
      ['t.n', 'a'],
      ['t.n', 'b'],
    ]);
  });
});

describe('a framed diagnostic', () => {
  test('has the values in its code left out, and a warning beside it', () => {
    const plan = read(`╷
│ Warning: Deprecated attribute
│ 
│   on main.tf line 3, in output "o":
│    3:   value = aws_s3_bucket.b.region
│ 
│ The attribute "region" is deprecated.
│ 
│ (and 2 more similar warnings elsewhere)
╵
╷
│ Error: Invalid index
│ 
│   with module.a.aws_sqs_queue.q["x"],
│   on modules/a/main.tf line 7, in resource "aws_sqs_queue" "q":
│    7:   name = var.names[3]
│     ├────────────────
│     │ var.names is list of string with 2 elements
│ 
│ The given key does not identify an element in this collection value: the
│ given index is greater than or equal to the length of the collection.
╵`);
    expect(plan.diagnostics).toEqual([
      {
        severity: 'warning',
        summary: 'Deprecated attribute',
        detail: 'The attribute "region" is deprecated.\n\n(and 2 more similar warnings elsewhere)',
        address: undefined,
        place: 'main.tf:3',
      },
      {
        severity: 'error',
        summary: 'Invalid index',
        detail:
          'The given key does not identify an element in this collection value: the given index is greater than or equal to the length of the collection.',
        address: 'module.a.aws_sqs_queue.q["x"]',
        place: 'modules/a/main.tf:7',
      },
    ]);
  });

  test('that was cut off tells what there is', () => {
    expect(read('╷\n│ Error: no').diagnostics).toMatchObject([{ summary: 'no', detail: '' }]);
  });
});
