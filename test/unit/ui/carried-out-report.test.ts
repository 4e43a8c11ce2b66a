import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import type { CarriedOut } from '../../../src/review/carry-out.js';
import type { PlanVerdict } from '../../../src/review/plan-verdict.js';
import { renderCarriedOut } from '../../../src/ui/carried-out-report.js';

const A = { action: 'create', address: 'aws_sqs_queue.a' } as const;

const show = (plan: PlanVerdict): string => {
  const done: CarriedOut = {
    ...{ root: 'acme-stage', state: 's3://states/acme-stage.tfstate', digest: 'ab'.repeat(32), serial: 8 },
    approvers: [{ person: 'rroe', proof: 'ssh', principal: 'SHA256:abc' }],
    ...{ backup: '/backups/acme-stage-7.tfstate', plan },
  };
  return renderCarriedOut(done, new Chalk({ level: 0 }));
};

describe('what has become of a request', () => {
  test('is the new serial, who approved it, the backup and the plan', () => {
    expect(show({ kind: 'as-expected', expected: [A], planned: [A], besides: [] }))
      .toBe(`Done: acme-stage  s3://states/acme-stage.tfstate has serial 8
  request   abababababab
  approved  by rroe (ssh, SHA256:abc)
  backup    /backups/acme-stage-7.tfstate
  plan      as expected: create aws_sqs_queue.a`);
  });

  test('says both plans when they differ, and counts what has nothing to do with it', () => {
    const besides = Array.from({ length: 7 }, (_, index) => ({ ...A, address: `aws_sqs_queue.q${index}` }));
    const text = show({ kind: 'differs', expected: [A], planned: [], besides });
    expect(text).toContain('differs from what was approved');
    expect(text).toContain('approved: create aws_sqs_queue.a');
    expect(text).toContain('planned:  nothing to do');
    expect(text).toMatch(/not because of it: .*q4 and 2 more$/);
  });

  test.each([
    ['skipped', 'not made: terraform is not there'],
    ['failed', 'failed: terraform is not there'],
  ] as const)('says why a plan was %s', (kind, text) => {
    expect(show({ kind, why: 'terraform is not there' })).toContain(text);
  });
});
