import { Chalk } from 'chalk';
import { describe, expect, test } from '@jest/globals';

import type { FleetDiagnosis } from '../../../src/diagnosis/diagnosis.js';
import { renderDiagnosis } from '../../../src/ui/diagnosis-report.js';
import { renderFleet } from '../../../src/ui/fleet-report.js';
import { ailing, changedPolicy, fleet, healthy } from '../support/diagnoses.js';

const style = { colour: new Chalk({ level: 0 }), width: 80, full: false };
const render = (diagnosis: FleetDiagnosis): string => renderFleet(diagnosis, style);

describe('a diagnosis of many accounts for people', () => {
  test('begins with how many fare how', () => {
    expect(render(fleet)).toMatch(/^3 accounts: 1 with findings, 1 failed, 1 fine\n/);
  });

  test('is that of the account when there is only one', () => {
    expect(render({ accounts: [ailing] })).toBe(renderDiagnosis(ailing, style));
  });

  test('has the suspect of each account with its repair, and leaves out those that are fine', () => {
    const text = render(fleet);
    expect(text).toMatch(/^ferries-prod {2}danger {3}aws_db_parameter_group\.booking-db-pg15$/m);
    expect(text).toMatch(/^ +run: +tfrepair state rm \S+ --account ferries-prod$/m);
    expect(text).toMatch(/^ferries-lab {3}failed {3}the credentials/m);
    expect(text).not.toContain('ferries-stage');
  });

  test('says to leave the state alone instead of a repair', () => {
    const text = render({ accounts: [{ ...ailing, findings: [changedPolicy] }, healthy] });
    expect(text).toMatch(/leave the state alone: the next apply puts the policy\s+back/);
    expect(text).not.toContain('run:');
  });

  test('puts the worst first', () => {
    const mild = { ...ailing, name: 'aaa', findings: [changedPolicy] };
    const text = render({ accounts: [mild, ailing] });
    expect(text.indexOf('ferries-prod')).toBeLessThan(text.indexOf('aaa'));
  });

  test('tells which part of the fleet it is, and what is missing', () => {
    expect(render({ ...fleet, shard: { index: 2, total: 5 } })).toContain('3 accounts in shard 2/5:');
    expect(render({ ...fleet, missingShards: [2, 4] })).toContain('incomplete: 2 shards missing: 2, 4');
  });

  test('keeps 80 columns, with long names too', () => {
    const name = 'an-account-with-a-very-long-name-indeed';
    const lines = render({ accounts: [{ ...ailing, name }, healthy] }).split('\n');
    const prose = lines.filter((line) => !/run:|tfrepair diagnose/.test(line));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('shows every account in full when asked', () => {
    expect(renderFleet(fleet, { ...style, full: true })).toContain('WARNING  module.access');
  });

  test('says of a shard without accounts that it has none', () => {
    expect(render({ accounts: [], shard: { index: 3, total: 3 } })).toBe('0 accounts in shard 3/3');
  });
});
