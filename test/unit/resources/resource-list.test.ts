import { describe, expect, test } from '@jest/globals';

import { listResources } from '../../../src/resources/resource-list.js';
import { resourceFilter } from '../../../src/resources/resource-filter.js';
import { resourcesReport } from '../../../src/resources/resources-report.js';
import { PlanCollector } from '../../../src/terraform/plan/collector.js';
import { readPlanFile } from '../../../src/terraform/plan/plan-file.js';
import type { Plan, PlanStates } from '../../../src/terraform/plan/plan.js';
import { planFixture, planFixtureText } from '../support/plan-fixtures.js';

function collected(name: string, outcome: Plan['outcome'], states: PlanStates | undefined): Plan {
  const collector = new PlanCollector();
  for (const line of planFixtureText(name).split('\n')) collector.line(line);
  return collector.result(outcome, states);
}

/** Addresses by status, of those that are not just refreshed. */
function unwell(resources: ReturnType<typeof listResources>): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const { address, status } of resources) (groups[status] ??= []).push(address);
  delete groups['refreshed'];
  return groups;
}

describe('the resources of a plan', () => {
  test('are told apart by both states: what is gone, what was changed, and what is mere noise', async () => {
    const states = await readPlanFile(planFixture('drifted.zip'));
    const listed = listResources(collected('drifted.jsonl', 'planned', states), states.prior);
    expect(unwell(listed)).toEqual({ missing: ['aws_iam_user.gone'], drifted: ['aws_iam_user.tagged'] });
    expect(listed).toHaveLength(12);
    expect(listed[0]).toEqual({
      address: 'aws_iam_user.gone',
      type: 'aws_iam_user',
      id: 'gone',
      status: 'missing',
    });
  });

  test('of the state that a failed plan could not read are failed', async () => {
    const { prior } = await readPlanFile(planFixture('drifted.zip'));
    const listed = listResources(collected('newer-provider.jsonl', 'failed', undefined), prior);
    expect(unwell(listed)['failed']).toEqual(['aws_iam_user.tagged']);
  });

  test('of the state that a plan did not come to are not read', async () => {
    const { prior } = await readPlanFile(planFixture('drifted.zip'));
    const listed = listResources(collected('locked.jsonl', 'failed', undefined), prior);
    expect(new Set(listed.map(({ status }) => status))).toEqual(new Set(['not read']));
  });

  test('whose reading never ended, or has an error, are failed, without a state', () => {
    const listed = listResources(collected('read-failed.jsonl', 'failed', undefined), undefined);
    expect(unwell(listed)).toEqual({ failed: ['data.aws_s3_bucket.broken'] });
    expect(listed).toHaveLength(3);
  });
});

describe('a filter', () => {
  const queue = {
    address: 'aws_sqs_queue.q[0]',
    type: 'aws_sqs_queue',
    id: 'https://sqs/q',
    status: 'refreshed',
  } as const;
  const all = { types: [], match: undefined, statuses: [] };

  test.each([
    [{}, true],
    [{ types: ['aws_sqs_queue'] }, true],
    [{ types: ['aws_s3_bucket'] }, false],
    [{ match: String.raw`q\[\d\]$` }, true],
    [{ match: '^https:' }, true],
    [{ match: '^q' }, false],
    [{ statuses: ['failed', 'refreshed'] as const }, true],
    [{ statuses: ['failed'] as const }, false],
  ])('%j', (wanted, isKept) => {
    expect(resourceFilter({ ...all, ...wanted })(queue)).toBe(isKept);
  });

  test('with a pattern that is none is a usage error', () => {
    expect(() => resourceFilter({ ...all, match: '[' })).toThrow(
      expect.objectContaining({ code: 'PatternInvalid' }),
    );
  });

  test('leaves the counts of all as they are, and only what is shown is asked for its owner', async () => {
    const plan = collected('drifted.jsonl', 'planned', undefined);
    const asked: string[] = [];
    const report = await resourcesReport(
      { name: 'a', source: 'plan', notes: [], plan, state: undefined },
      { ...all, types: ['aws_s3_bucket'] },
      (addresses) => {
        asked.push(...addresses);
        const owner = { match: 'exact', cluster: 'c', namespacePath: 'p', contacts: undefined } as const;
        const names = { app: 'shop', namespace: 'shop-prod', provider: 's3', identifier: 'new' };
        return Promise.resolve(
          addresses.map((address) => ({ address, owners: [{ ...owner, ...names }], similar: [] })),
        );
      },
    );
    expect(asked).toEqual(['aws_s3_bucket.new']);
    expect(report.resources.map(({ owners }) => owners)).toEqual([
      [{ app: 'shop', namespace: 'shop-prod', provider: 's3', identifier: 'new' }],
    ]);
    expect(Object.values(report.counts).reduce((sum, number) => sum + number, 0)).toBe(12);
  });
});
