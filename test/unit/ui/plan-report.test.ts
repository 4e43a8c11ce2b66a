import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import type { PlanReport } from '../../../src/planning/plan-report.js';
import type { Diagnostic, ResourceChange } from '../../../src/terraform/plan/plan.js';
import { renderPlan } from '../../../src/ui/plan-report.js';

const REPORT: PlanReport = {
  ...{ account: 'acme-stage', uid: '123456789012', outcome: 'planned', init: 'reused', durationMs: 12_300 },
  terraform: { product: 'terraform', version: '1.11.4' },
  ...{ stateInstances: 60, refreshed: 61, notCompleted: [], actions: {}, changes: [], diagnostics: [] },
  ...{ placeholders: [], notes: [] },
};

const show = (report: Partial<PlanReport>): string =>
  renderPlan({ ...REPORT, ...report }, { colour: new Chalk({ level: 0 }), width: 80 });

const change = (address: string, rest: Partial<ResourceChange>): ResourceChange => ({
  ...{
    address,
    type: 'aws_sqs_queue',
    action: 'create',
    reason: undefined,
    previousAddress: undefined,
    ...rest,
  },
});

const error = (summary: string, rest: Partial<Diagnostic> = {}): Diagnostic => ({
  ...{ severity: 'error', summary, detail: '', address: undefined, place: undefined, ...rest },
});

describe('a plan for people', () => {
  test('without changes is two lines', () => {
    expect(show({})).toBe(`acme-stage (123456789012), terraform 1.11.4
plan: 61 resources refreshed in 12 s, no changes`);
  });

  test('says the dangerous changes first, and why', () => {
    const changes = [
      change('aws_sqs_queue.new', {}),
      change('aws_sqs_queue.moved', { action: 'move', previousAddress: 'aws_sqs_queue.old' }),
      change('aws_db_instance.db', { action: 'replace', reason: 'tainted' }),
      change('aws_iam_user.u', { action: 'delete', reason: 'delete_because_no_resource_config' }),
      change('data.aws_ami.web', { action: 'read', reason: 'a_reason_of_tomorrow' }),
    ];
    expect(show({ changes, actions: { create: 1, move: 1, replace: 1, delete: 1, read: 1 } })).toContain(`
  destroy  aws_iam_user.u  (it is not in the config)
  replace  aws_db_instance.db  (it is tainted)
  create   aws_sqs_queue.new
  move     aws_sqs_queue.moved  (from aws_sqs_queue.old)
  read     data.aws_ami.web  (a reason of tomorrow)`);
  });

  test('with more changes than a screen has counts the rest', () => {
    const changes = Array.from({ length: 23 }, (_, i) => change(`aws_sqs_queue.q${i}`, {}));
    expect(show({ changes })).toMatch(/q19\n {2}… and 3 more changes \(--json lists all\)$/);
  });

  test('that failed says so, where, what was not read, and what to do next', () => {
    const failed = error('reading SQS Queue', {
      ...{
        address: 'aws_sqs_queue.q',
        place: 'config.tf.json:12',
        detail: 'AccessDenied: no\n\nRequest ID: 1',
      },
    });
    expect(
      show({ outcome: 'failed', diagnostics: [failed, failed], notCompleted: ['aws_sqs_queue.q'] }),
    ).toBe(
      `acme-stage (123456789012), terraform 1.11.4
plan failed: 61 resources refreshed in 12 s, no changes

error: reading SQS Queue
  at aws_sqs_queue.q, config.tf.json:12
  AccessDenied: no
  Request ID: 1
not refreshed: reading these was begun and not completed
  aws_sqs_queue.q

Next: tfrepair diagnose --account acme-stage`,
    );
  });

  test('of many and long errors shows some, and of each the beginning', () => {
    const diagnostics = Array.from({ length: 9 }, (_, i) =>
      error(`no ${i}`, { detail: Array.from({ length: 30 }, (_line, j) => `line ${j}`).join('\n') }),
    );
    const text = show({ outcome: 'failed', diagnostics });
    expect(text.split('\n').length).toBeLessThan(60);
    expect(text).toContain('… and 4 more errors (--json lists all)');
  });

  test('says a warning once, however often terraform does', () => {
    const warning = error('Argument is deprecated', { severity: 'warning' });
    const text = show({ diagnostics: [warning, { ...warning, address: 'aws_iam_role.r' }] });
    expect(text.match(/Argument is deprecated/g)).toHaveLength(1);
  });

  test('names variables without a value, notes, and the folder that was kept', () => {
    const text = show({ placeholders: ['token'], notes: ['the state is old'], workdir: '/tmp/x' });
    expect(text.split('\n').slice(3)).toEqual([
      'note: the state is old',
      'note: token: not known; what is made of it shows as a change',
      'kept: /tmp/x (the plan file in it holds secrets of the state)',
    ]);
  });

  test('lets no control character of terraform through to the terminal', () => {
    const text = show({ diagnostics: [error('\u001B[31mred', { detail: '\u0007' })], outcome: 'failed' });
    expect(text).not.toMatch(/[\u001B\u0007]/);
  });
});
