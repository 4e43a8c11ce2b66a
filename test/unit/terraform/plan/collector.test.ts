import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { PlanCollector, type PlanObserver } from '../../../../src/terraform/plan/collector.js';
import type { Plan } from '../../../../src/terraform/plan/plan.js';

function resource(addr: string): Record<string, unknown> {
  const [resource_type, resource_name] = addr.split('.').slice(-2);
  return { addr, module: '', resource: addr, implied_provider: 'aws', resource_type, resource_name };
}

function event(type: string, content: object, at = '2026-11-23T11:00:00.000000Z'): string {
  return JSON.stringify({ '@level': 'info', '@message': '', '@timestamp': at, type, ...content });
}

function reading(type: string, addr: string, hook: object, at?: string): string {
  return event(type, { hook: { resource: resource(addr), ...hook } }, at);
}

function collect(lines: readonly string[], observer?: PlanObserver): Plan {
  const collector = new PlanCollector(observer);
  for (const line of lines) collector.line(line);
  return collector.result('planned', undefined);
}

const QUEUE = 'aws_sqs_queue.q';
const ID = { id_key: 'id', id_value: 'q-1' };

describe('the resources that were read', () => {
  test('last from the timestamp of their beginning to that of their end', () => {
    const { refreshes } = collect([
      reading('refresh_start', QUEUE, ID, '2026-11-23T11:00:00.250000Z'),
      reading('refresh_complete', QUEUE, ID, '2026-11-23T11:00:01.750999Z'),
    ]);
    expect(refreshes).toEqual([{ address: QUEUE, type: 'aws_sqs_queue', id: 'q-1', durationMs: 1500 }]);
  });

  test('have no duration when they never ended', () => {
    expect(collect([reading('refresh_start', QUEUE, ID)]).refreshes[0]?.durationMs).toBeUndefined();
  });

  test('keep their id when they turn out to be gone, and get it late when they are data sources', () => {
    const { refreshes } = collect([
      reading('refresh_start', QUEUE, ID),
      reading('apply_start', 'data.aws_partition.p', { action: 'read' }),
      reading('refresh_complete', QUEUE, {}),
      reading('apply_complete', 'data.aws_partition.p', { action: 'read', id_value: 'aws' }),
    ]);
    expect(refreshes.map(({ address, id }) => [address, id])).toEqual([
      [QUEUE, 'q-1'],
      ['data.aws_partition.p', 'aws'],
    ]);
  });

  test('are two when an address has a deposed object, each with its own end', () => {
    const { refreshes } = collect([
      reading('refresh_start', QUEUE, { id_value: 'old' }, '2026-11-23T11:00:00Z'),
      reading('refresh_start', QUEUE, { id_value: 'new' }, '2026-11-23T11:00:01Z'),
      reading('refresh_complete', QUEUE, { id_value: 'new' }, '2026-11-23T11:00:05Z'),
    ]);
    expect(refreshes.map(({ id, durationMs }) => [id, durationMs])).toEqual([
      ['old', undefined],
      ['new', 4000],
    ]);
  });

  test('are known by their end alone when the beginning is cut off', () => {
    const end = { action: 'read', id_value: 'x', elapsed_seconds: 3 };
    expect(collect([reading('apply_complete', 'data.t.n', end)]).refreshes).toEqual([
      { address: 'data.t.n', type: 't', id: 'x', durationMs: 3000 },
    ]);
  });

  test('are not those that an apply changes', () => {
    const { refreshes } = collect([reading('apply_start', QUEUE, { action: 'create' })]);
    expect(refreshes).toEqual([]);
  });
});

describe('changes', () => {
  const replace = { resource: resource(QUEUE), action: 'replace', reason: 'tainted' };

  test('of the plan and outside of it are kept apart, with reason and former address', () => {
    const moved = { resource: resource('t.new'), previous_resource: resource('t.old'), action: 'move' };
    const plan = collect([
      event('resource_drift', { change: { resource: resource(QUEUE), action: 'delete' } }),
      event('planned_change', { change: replace }),
      event('planned_change', { change: moved }),
    ]);
    const nothing = { reason: undefined, previousAddress: undefined };
    expect(plan.drift).toEqual([{ address: QUEUE, type: 'aws_sqs_queue', action: 'delete', ...nothing }]);
    expect(plan.changes).toEqual([
      { address: QUEUE, type: 'aws_sqs_queue', action: 'replace', ...nothing, reason: 'tainted' },
      { address: 't.new', type: 't', action: 'move', ...nothing, previousAddress: 't.old' },
    ]);
  });

  test('of an action that is not known are counted, not guessed', () => {
    const collector = new PlanCollector();
    collector.line(event('planned_change', { change: { ...replace, action: 'teleport' } }));
    expect(collector.result('planned', undefined).changes).toEqual([]);
    expect(collector.ignored).toEqual({ otherText: 0, unknownEvents: 1, tooLong: 0 });
  });
});

describe('diagnostics', () => {
  test('name the resource and the place where they are known', () => {
    const range = { filename: 'config.tf.json', start: { line: 12, column: 3, byte: 4 } };
    const plan = collect([
      event('diagnostic', {
        diagnostic: { severity: 'error', summary: 'no', detail: 'why', address: QUEUE, range },
      }),
      event('diagnostic', { diagnostic: { severity: 'warning', summary: 'hm', detail: '' } }),
    ]);
    expect(plan.diagnostics).toEqual([
      { severity: 'error', summary: 'no', detail: 'why', address: QUEUE, place: 'config.tf.json:12' },
      { severity: 'warning', summary: 'hm', detail: '', address: undefined, place: undefined },
    ]);
  });

  test('of any length are kept to what a person can read', () => {
    const diagnostic = { severity: 'error', summary: 's', detail: 'x'.repeat(100_000) };
    expect(collect([event('diagnostic', { diagnostic })]).diagnostics[0]?.detail).toHaveLength(16_385);
  });
});

describe('a stream', () => {
  test.each([
    [{ terraform: '1.11.4' }, '1.11.4'],
    [{ tofu: '1.9.0' }, '1.9.0'],
    [{ terraform: 1 }, undefined],
  ])('of %j is of version %s', (content, version) => {
    expect(collect([event('version', { ...content, ui: '1.2' })]).version).toBe(version);
  });

  test('may have lines that are no events, unknown events and endless lines', () => {
    const collector = new PlanCollector();
    const odd = [
      '',
      ' ',
      'Warning: hm',
      '{"cut',
      '[1]',
      'null',
      '{}',
      event('query', {}),
      event('outputs', {}),
    ];
    for (const line of [...odd, reading('refresh_start', QUEUE, ID), `{"x":"${'y'.repeat(2 ** 20)}"}`]) {
      collector.line(line);
    }
    expect(collector.ignored).toEqual({ otherText: 4, unknownEvents: 2, tooLong: 1 });
    expect(collector.result('failed', undefined)).toMatchObject({
      outcome: 'failed',
      refreshes: [{ id: 'q-1' }],
    });
  });

  test('tells what happens while it happens', () => {
    const seen: unknown[] = [];
    const note =
      (name: string) =>
      (...values: unknown[]): void => {
        seen.push([name, ...values]);
      };
    collect(
      [
        event('version', { terraform: '1.11.4' }),
        reading('refresh_start', QUEUE, ID),
        reading('refresh_complete', QUEUE, ID),
        event('planned_change', { change: { resource: resource(QUEUE), action: 'update' } }),
        event('diagnostic', { diagnostic: { severity: 'error', summary: 'no' } }),
      ],
      {
        version: note('version'),
        refreshStarted: note('started'),
        refreshCompleted: note('completed'),
        change: note('change'),
        diagnostic: note('diagnostic'),
      },
    );
    expect(seen).toEqual([
      ['version', '1.11.4'],
      ['started', QUEUE, 'aws_sqs_queue'],
      ['completed', QUEUE, 0],
      ['change', expect.objectContaining({ address: QUEUE, action: 'update' })],
      ['diagnostic', expect.objectContaining({ summary: 'no', detail: '' })],
    ]);
  });

  test('of any text, and of events of any content, is taken', () => {
    const types = fc.constantFrom(
      'version',
      'refresh_start',
      'apply_complete',
      'planned_change',
      'diagnostic',
    );
    const keys = fc.constantFrom(
      'hook',
      'change',
      'diagnostic',
      'resource',
      'addr',
      'action',
      'range',
      'start',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.dictionary(keys, tie('tree'))),
    }));
    const events = fc.tuple(types, tree).map(([type, rest]) => event(type, Object(rest) as object));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), events)), (lines) => {
        const plan = collect(lines);
        expect(plan.refreshes.every(({ address }) => typeof address === 'string')).toBe(true);
      }),
    );
  });
});
