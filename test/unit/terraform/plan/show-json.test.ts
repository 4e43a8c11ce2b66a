import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { PlanCollector } from '../../../../src/terraform/plan/collector.js';
import { readPlanFile } from '../../../../src/terraform/plan/plan-file.js';
import type { ResourceChange } from '../../../../src/terraform/plan/plan.js';
import { parseShownPlan } from '../../../../src/terraform/plan/show-json.js';
import type { StateInstance } from '../../../../src/terraform/state/state.js';
import { planFixture, planFixtureText } from '../../support/plan-fixtures.js';

/** `terraform_data` keeps its values with their types in the state; only its provider knows how to show them. */
function plainly(instances: readonly StateInstance[]): StateInstance[] {
  return instances
    .filter(({ type }) => type !== 'terraform_data')
    .toSorted((a, b) => a.address.localeCompare(b.address));
}

function sorted(changes: readonly ResourceChange[]): ResourceChange[] {
  return changes.toSorted((a, b) => a.address.localeCompare(b.address));
}

describe('the answer of show -json', () => {
  const shown = parseShownPlan(readFileSync(planFixture('drifted.show.json')));

  test('gives the states that are in the plan file', async () => {
    const states = await readPlanFile(planFixture('drifted.zip'));
    expect(plainly(shown.states.prior.instances)).toEqual(plainly(states.prior.instances));
    expect(plainly(shown.states.refreshed.instances)).toEqual(plainly(states.refreshed.instances));
  });

  test('gives the changes that plan -json told', () => {
    const collector = new PlanCollector();
    for (const line of planFixtureText('drifted.jsonl').split('\n')) collector.line(line);
    const plan = collector.result('planned', undefined);
    expect(sorted(shown.changes)).toEqual(sorted(plan.changes));
    expect(sorted(shown.drift)).toEqual(sorted(plan.drift));
    expect(shown.version).toBe(plan.version);
  });

  test('marks the attributes that hold something sensitive', () => {
    const resource = {
      address: 't.n',
      mode: 'managed',
      type: 't',
      name: 'n',
      values: { id: 1, password: 'p', nested: [{ token: 't' }], plain: ['x'] },
      sensitive_values: { password: true, nested: [{ token: true }], plain: [false] },
    };
    const document = { prior_state: { values: { root_module: { resources: [resource] } } } };
    const { states } = parseShownPlan(Buffer.from(JSON.stringify(document)));
    expect(states.refreshed.instances[0]).toMatchObject({ id: '1', sensitive: ['password', 'nested'] });
  });

  test('of another shape is refused, without quoting it', () => {
    const texts = [
      'hunter2',
      '[]',
      '{"resource_changes":{}}',
      '{"resource_changes":[{"change":{"actions":["x"]}}]}',
    ];
    for (const text of texts) {
      const parse = (): unknown => parseShownPlan(Buffer.from(text));
      expect(parse).toThrow(expect.objectContaining({ code: 'PlanJsonInvalid' }));
      expect(parse).not.toThrow('hunter2');
    }
  });

  test('of any kind is read or refused with PlanJsonInvalid', () => {
    const keys = fc.constantFrom(
      'prior_state',
      'values',
      'root_module',
      'resources',
      'change',
      'resource_drift',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue(),
        fc.array(tie('tree')),
        fc.dictionary(keys, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        try {
          parseShownPlan(Buffer.from(JSON.stringify(value)));
        } catch (error) {
          expect(error).toMatchObject({ code: 'PlanJsonInvalid' });
        }
      }),
    );
  });
});
