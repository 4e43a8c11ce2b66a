import { describe, expect, test } from '@jest/globals';

import type { OwnedFinding } from '../../../src/diagnosis/diagnosis.js';
import { RefusedError } from '../../../src/errors.js';
import type { Preparation } from '../../../src/repair/work.js';
import { AGAINST } from '../../../src/ui/repair/prompted-answers.js';
import { DONE, ENTER, PENDING, play, PREVIEW, TO_CONFIRM, TO_REQUEST, WHOLE } from '../../support/repair.js';
import { ailing, deletedGroup, healthy, unreachable } from '../support/diagnoses.js';

test('a finding is repaired, from the diagnosis to the plan after the write', async () => {
  const prepared: Preparation[] = [];
  const { report, shown, calls, left } = await play(WHOLE, {
    prepare: (preparation) => {
      prepared.push(preparation);
      return Promise.resolve({ report: PREVIEW, pending: PENDING });
    },
  });
  expect(calls).toEqual(['diagnose', 'preview', 'prepare', 'approvals', 'carryOut']);
  expect(report).toMatchObject({
    outcome: 'repaired',
    finding: { code: 'deleted-outside' },
    request: { id: PENDING.id },
    done: [DONE],
    left: [{ code: 'changed-outside' }, { code: 'wrong-terraform-version' }],
  });
  expect(prepared).toMatchObject([
    {
      operation: { op: 'rm', addresses: ['aws_db_parameter_group.booking-db-pg15'] },
      evidence: [{ code: 'deleted-outside', address: 'aws_db_parameter_group.booking-db-pg15' }],
      ...{ reason: 'deleted by hand', ticket: 'FERRY-1', acceptRunningLoop: undefined },
    },
  ]);
  const order = ['DeleteDBParameterGroup', 'booking-oncall', 'create aws_db', PENDING.reviewLine];
  const after = ['Approved by rroe', 'DANGER: this writes', '- writing the state', 'as expected'];
  const places = [...order, ...after].map((text) => shown.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(left).toEqual([]);
});

describe('nothing to repair', () => {
  test('a healthy account ends the session', async () => {
    const { report, shown } = await play([], { diagnose: () => Promise.resolve(healthy) });
    expect(report).toEqual({ outcome: 'nothing-wrong', done: [], left: [] });
    expect(shown).toContain('Nothing is wrong.');
  });

  test('an account that cannot be diagnosed is not called healthy', async () => {
    const { report, shown } = await play([], { diagnose: () => Promise.resolve(unreachable) });
    expect(report).toMatchObject({ outcome: 'not-diagnosed' });
    expect(shown).toContain('WrongAccount');
    expect(shown).not.toContain('Nothing is wrong.');
  });
});

describe('a bare Enter goes no further', () => {
  test.each([
    ['at the findings', [ENTER], 'stopped'],
    ['at the options', ['booking-db-pg15', ENTER], 'stopped'],
    ['at the difference', ['booking-db-pg15', 'forget the group', ENTER], 'stopped'],
    ['before the approval', [...TO_REQUEST, ENTER], 'handed-over'],
    ['at the confirmation', [...TO_CONFIRM, ENTER], 'handed-over'],
  ])('%s', async (_, script, outcome) => {
    const { report, calls } = await play(script);
    expect(report).toMatchObject({ outcome, done: [] });
    expect(calls).not.toContain('carryOut');
    expect(calls.includes('prepare')).toBe(outcome === 'handed-over');
  });
});

describe('advice against a repair', () => {
  const advised: OwnedFinding = { ...deletedGroup, leaveStateAlone: 'sasha may be at work' };
  const diagnose = () => Promise.resolve({ ...ailing, findings: [advised] });

  test('comes before evidence and options, and Enter follows it', async () => {
    const { report, shown, calls } = await play(['booking-db-pg15', ENTER], { diagnose });
    expect(report).toMatchObject({ outcome: 'stopped' });
    expect(shown.indexOf('ADVICE: leave the state alone.')).toBeGreaterThan(0);
    expect(shown.indexOf('ADVICE')).toBeLessThan(shown.indexOf('DescribeDBParameterGroups'));
    expect(calls).toEqual(['diagnose']);
  });

  test('gives way to nothing but the words in full', async () => {
    const script = ['booking-db-pg15', 'yes', AGAINST, 'forget the group', ENTER];
    const { calls, left } = await play(script, { diagnose });
    expect(calls).toEqual(['diagnose', 'preview']);
    expect(left).toEqual([]);
  });
});

test('a finding that nothing can be done about is only shown, with the advice', async () => {
  const { report, shown, calls } = await play(['reader', 'another finding', ENTER]);
  expect(shown).toContain('ADVICE: leave the state alone. the next apply puts the policy back');
  expect(report).toMatchObject({ outcome: 'stopped' });
  expect(calls).toEqual(['diagnose']);
});

test('from the options one can go back to the other findings', async () => {
  const { left, calls } = await play(['booking-db-pg15', 'another finding', '1.10.2', ENTER]);
  expect(left).toEqual([]);
  expect(calls).toEqual(['diagnose']);
});

test('from the difference one can go back to the finding', async () => {
  const script = ['booking-db-pg15', 'forget the group', 'back to the finding', ENTER];
  const { left, calls } = await play(script);
  expect(left).toEqual([]);
  expect(calls).toEqual(['diagnose', 'preview']);
});

test('what is not done with the state is only shown', async () => {
  const { report, shown, calls } = await play(['booking-db-pg15', 'by hand']);
  expect(report).toMatchObject({ outcome: 'elsewhere' });
  expect(shown).toContain('This is not done with the state: make it again by hand, with the same name.');
  expect(calls).toEqual(['diagnose']);
});

test('a state that changed after the look is looked at again', async () => {
  let times = 0;
  const { shown, calls } = await play([...TO_REQUEST, 'write a request', 'still', '-', ENTER], {
    preview: () => Promise.resolve(++times === 1 ? { ...PREVIEW, serial: 41 } : PREVIEW),
  });
  expect(shown).toContain('the state has changed since you looked');
  expect(calls).toEqual(['diagnose', 'preview', 'prepare', 'preview', 'prepare']);
});

describe('a loop that is running', () => {
  const asked: (string | undefined)[] = [];
  const prepare = ({ acceptRunningLoop }: Preparation) => {
    asked.push(acceptRunningLoop);
    if (acceptRunningLoop !== undefined) return Promise.resolve({ report: PREVIEW, pending: PENDING });
    return Promise.reject(new RefusedError('LoopRunning', 'terraform-resources is not disabled'));
  };

  test('ends the session on a bare Enter', async () => {
    const { report, shown } = await play([...TO_REQUEST, ENTER], { prepare });
    expect(report).toMatchObject({ outcome: 'stopped' });
    expect(shown).toContain('Refused: terraform-resources is not disabled');
  });

  test('may go on with a reason', async () => {
    const { report } = await play([...TO_REQUEST, 'say why', 'the shard is paused', ENTER], { prepare });
    expect(report).toMatchObject({ outcome: 'handed-over' });
    expect(asked).toContain('the shard is paused');
  });
});

describe('the handover', () => {
  test('takes as many ways as one wants', async () => {
    const deliveries = () =>
      Promise.resolve([
        { kind: 'screen' as const, title: 'show it here' },
        { kind: 'clipboard' as const, title: 'copy it' },
      ]);
    const script = [...TO_REQUEST, 'show it', 'copy it', ENTER, ENTER];
    const { calls, shown, left } = await play(script, { deliveries });
    expect(calls.filter((call) => call === 'deliver')).toHaveLength(2);
    expect(shown).toContain(`${PENDING.id} is on its way`);
    expect(left).toEqual([]);
  });
});

test('a repair in two parts is two requests', async () => {
  const [repair] = deletedGroup.repairs;
  if (repair === undefined) throw new Error('there is no repair');
  const { title, command, terraform } = repair;
  const address = deletedGroup.addresses[0] ?? '';
  const both: OwnedFinding = {
    ...deletedGroup,
    repairs: [
      {
        ...{ title: 'take the new one over', command: ['state', 'import', address, 'booking-db-pg15'] },
        ...{ terraform: ['import', address, 'booking-db-pg15'], expectedPlan: [] },
        first: { title, command, terraform },
      },
    ],
  };
  const operations: string[] = [];
  const once = ['write a request', 'new', '-', 'I have their approval', 'tfra1.x', 'ferries-prod'];
  const { report } = await play(['booking-db-pg15', 'then take the new one', ...once, ...once, ENTER], {
    diagnose: () => Promise.resolve({ ...ailing, findings: [both] }),
    prepare: ({ operation }) => {
      operations.push(operation.op);
      return Promise.resolve({ report: PREVIEW, pending: PENDING });
    },
  });
  expect(operations).toEqual(['rm', 'import']);
  expect(report?.done).toHaveLength(2);
});

test('after a repair one can go on with what is left', async () => {
  const { calls } = await play([...WHOLE.slice(0, -1), 'diagnose again', ENTER]);
  expect(calls.filter((call) => call === 'diagnose')).toHaveLength(2);
});
