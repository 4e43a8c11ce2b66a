import { describe, expect, test } from '@jest/globals';

import {
  actionCounts,
  duration,
  severityCounts,
  statusCounts,
  verdictOf,
  worstFirst,
} from '../../../src/diagnosis/tally.js';
import { ailing, changedPolicy, deletedGroup, healthy, rows, unreachable } from '../support/diagnoses.js';

describe('counts in words', () => {
  test('findings, the worst first', () => {
    expect(severityCounts([changedPolicy, deletedGroup, changedPolicy])).toBe('1 danger, 2 warnings');
    expect(severityCounts([])).toBe('');
  });

  test("a plan's actions, without those that change nothing", () => {
    expect(actionCounts({ delete: 1, create: 3, noop: 40, read: 2 })).toBe('3 to create, 1 to destroy');
    expect(actionCounts({ noop: 40 })).toBe('no changes');
  });

  test('resources that are not well', () => {
    expect(statusCounts(rows)).toBe('1 missing, 1 failed, 1 drifted');
  });

  test.each([
    [0, '0.0 s'],
    [9949, '9.9 s'],
    [14_200, '14 s'],
    [59_600, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

test('a root that failed is not fine, and comes before those with findings', () => {
  expect([ailing, healthy, unreachable].map(verdictOf)).toEqual(['findings', 'fine', 'failed']);
  expect(worstFirst([healthy, ailing, unreachable])).toEqual([unreachable, ailing, healthy]);
});
