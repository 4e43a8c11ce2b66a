import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import type { RootDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { FleetProgress } from '../../../src/ui/fleet-progress.js';
import { ailing, healthy, unreachable } from '../support/diagnoses.js';

/** Progress on a stand-in for stderr. */
function progressOn({ isTTY, columns = 80 }: { isTTY: boolean; columns?: number }) {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  const progress = new FleetProgress({
    stream,
    colour: new Chalk({ level: 0 }),
    total: 3,
    now: () => time,
  });
  return {
    progress,
    written,
    pass: (milliseconds: number) => (time += milliseconds),
    begin: (root: RootDiagnosis) => {
      progress.onProgress({ kind: 'begun', name: root.name });
    },
    end: (root: RootDiagnosis) => {
      progress.onProgress({ kind: 'ended', name: root.name, root });
    },
    /** What the terminal shows after everything that was written. */
    screen: () => screenOf(written.join('')),
  };
}

/** A terminal that knows the two sequences that may be used: so many lines up, and clear from here. */
function screenOf(text: string): string[] {
  const lines: string[] = [];
  for (const [, up, line] of text.matchAll(/\u001b\[(\d+)F\u001b\[0J|(.*)\n/g)) {
    if (up !== undefined) lines.splice(lines.length - Number(up));
    else lines.push(line ?? '');
  }
  return lines;
}

describe('on a terminal', () => {
  test('what is under way has a line each, above one that counts', () => {
    const { progress, begin, end, pass, screen } = progressOn({ isTTY: true });
    begin(ailing);
    begin(healthy);
    pass(1000);
    progress.step('ferries-prod', 'plan: 120 of 312 read');
    expect(screen()).toEqual([
      '  ferries-prod  plan: 120 of 312 read',
      '  ferries-stage  begun',
      '0 of 3 accounts diagnosed',
    ]);
    end(healthy);
    expect(screen()).toEqual(['  ferries-prod  plan: 120 of 312 read', '1 of 3 accounts diagnosed']);
  });

  test('what has ended badly stays, also when all is over', () => {
    const { progress, begin, end, screen } = progressOn({ isTTY: true });
    for (const root of [ailing, healthy, unreachable]) {
      begin(root);
      end(root);
    }
    const left = [
      'ferries-prod: 1 danger, 1 warning, 1 notice',
      'ferries-lab: failed: the credentials are those of 999999999999, but ferries-lab is 111111111111',
    ];
    expect(screen()).toEqual([...left, '3 of 3 accounts diagnosed: 1 with findings, 1 failed']);
    progress.close();
    expect(screen()).toEqual(left);
  });

  test('no live line is wider than the screen', () => {
    const { progress, begin, pass, screen } = progressOn({ isTTY: true, columns: 30 });
    begin(ailing);
    pass(1000);
    progress.step('ferries-prod', `a ${'very '.repeat(20)}long step`);
    expect(Math.max(...screen().map((line) => line.length))).toBeLessThan(30);
  });

  test('steps that follow each other at once are not all painted', () => {
    const { progress, begin, written } = progressOn({ isTTY: true });
    begin(ailing);
    const before = written.length;
    for (let step = 0; step < 100; step += 1) progress.step('ferries-prod', `step ${step}`);
    expect(written).toHaveLength(before);
  });

  test('many accounts at a time leave room for something else', () => {
    const { begin, screen } = progressOn({ isTTY: true });
    for (let i = 0; i < 40; i += 1) begin({ ...healthy, name: `account-${i}` });
    expect(screen()).toHaveLength(14);
    expect(screen()).toContain('  and 28 more');
  });
});

test('elsewhere, each account has a line when it ends, and nothing is painted over', () => {
  const { progress, begin, end, written } = progressOn({ isTTY: false });
  for (const root of [ailing, healthy, unreachable]) {
    begin(root);
    progress.step(root.name, 'plan');
    end(root);
  }
  progress.close();
  expect(written.join('')).toBe(
    [
      '[1/3] ferries-prod: 1 danger, 1 warning, 1 notice',
      '[2/3] ferries-stage: fine',
      '[3/3] ferries-lab: failed: the credentials are those of 999999999999, but ferries-lab is 111111111111',
      '',
    ].join('\n'),
  );
});
