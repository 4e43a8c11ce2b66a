import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

import type { State } from '../../../src/terraform/state/state.js';
import { PlanProgress } from '../../../src/ui/plan-progress.js';

let now: number;
let written: string[];

beforeEach(() => {
  jest.useFakeTimers();
  now = 0;
  written = [];
});

afterEach(() => {
  jest.useRealTimers();
});

const progressOn = (isTTY: boolean): PlanProgress =>
  new PlanProgress('acme-stage', {
    ...{ isTTY, columns: 80, now: () => now },
    write: (text) => {
      if (text !== '') written.push(text);
    },
  });

const stateOf = (count: number): State => ({
  ...{ terraformVersion: '1.11.4', serial: 1, lineage: 'l' },
  instances: Array.from({ length: count }, (_, i) => ({
    ...{ address: `a.b[${i}]`, module: '', mode: 'managed', type: 'a', name: 'b', key: i, provider: 'p' },
    ...{ providerAlias: undefined, tainted: false, deposed: undefined, schemaVersion: 0, attributes: {} },
    ...{ sensitive: [], dependencies: [], id: undefined },
  })),
});

/** Ten resources of twenty, one a second; the first is never read to its end. */
function refreshTen(progress: PlanProgress): void {
  progress.step('plan');
  progress.stored({ kind: 'read', state: stateOf(20) });
  progress.refreshStarted('aws_db_instance.slow');
  for (let i = 0; i < 10; i += 1) {
    progress.refreshStarted(`aws_sqs_queue.q${i}`);
    now += 1000;
    progress.refreshCompleted(`aws_sqs_queue.q${i}`);
  }
}

describe('on a terminal', () => {
  test('one line says how many, how fast, and what takes longest', () => {
    const progress = progressOn(true);
    refreshTen(progress);
    progress.stop();
    expect(written.at(-2)).toBe(
      '\r\u001B[2Kacme-stage: refreshed 10 of 20, 1.0/s; aws_db_instance.slow since 10 s',
    );
  });

  test('it is cleared for a note and at the end', () => {
    const progress = progressOn(true);
    progress.note('the state is old');
    progress.stop();
    expect(written).toEqual(['\r\u001B[2Kthe state is old\n', '\r\u001B[2K']);
  });

  test('it is drawn some times a second at most, and never wider than the terminal', () => {
    const progress = progressOn(true);
    for (let i = 0; i < 10_000; i += 1) {
      now += 0.1;
      progress.refreshStarted(`aws_sqs_queue.${'q'.repeat(100)}${i}`);
    }
    expect(written.length).toBeLessThanOrEqual(7);
    for (const line of written) expect(line.length).toBeLessThanOrEqual('\r\u001B[2K'.length + 79);
  });

  test('it goes on when terraform says nothing', () => {
    const progress = progressOn(true);
    progress.step('plan');
    progress.refreshStarted('aws_db_instance.slow');
    now = 60_000;
    jest.advanceTimersByTime(1000);
    expect(written.at(-1)).toContain('refreshed 0 of 1, 0.0/s; aws_db_instance.slow since 1 min 0 s');
  });

  test('after the end nothing is drawn', () => {
    const progress = progressOn(true);
    progress.stop();
    written = [];
    now = 60_000;
    jest.advanceTimersByTime(10_000);
    progress.refreshStarted('aws_sqs_queue.q');
    expect(written).toEqual([]);
  });
});

describe('without a terminal', () => {
  test('there is a line now and then, and nothing at all for a quick plan', () => {
    const progress = progressOn(false);
    refreshTen(progress);
    expect(written).toEqual([]);
    now += 10_000;
    progress.refreshStarted('aws_sqs_queue.last');
    progress.stop();
    expect(written).toEqual(['acme-stage: refreshed 10 of 20, 0.5/s; aws_db_instance.slow since 20 s\n']);
  });

  test('an address cannot steer the terminal of whoever reads the log', () => {
    const progress = progressOn(false);
    progress.refreshStarted('a.b["\u001B[2J"]');
    now = 60_000;
    progress.refreshCompleted('other');
    expect(written.join('')).toContain(String.raw`a.b["\x1b[2J"]`);
  });
});
