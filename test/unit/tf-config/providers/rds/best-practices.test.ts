import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
  checkBestPractices,
  LOSS_IMPACTS,
  type LossImpact,
} from '../../../../../src/tf-config/providers/rds/best-practices.js';
import { database } from './database.js';

const BEST = { delete_automated_backups: false, skip_final_snapshot: false };

test.each<[LossImpact, number]>([
  ['high', 7],
  ['medium', 7],
  ['low', 3],
  ['none', 0],
])('loss impact %s wants backups of at least %d days', (impact, least) => {
  const period = fc.integer({ min: -1, max: 40 });
  fc.assert(
    fc.property(period, (days) => {
      const check = (): void => {
        checkBestPractices(impact, { ...BEST, backup_retention_period: days });
      };
      if (days >= least) expect(check).not.toThrow();
      else expect(check).toThrow(`backup_retention_period must be at least ${least} (it is ${days})`);
    }),
  );
});

test.each<[LossImpact, string[]]>([
  ['high', ['delete_automated_backups', 'skip_final_snapshot']],
  ['medium', ['skip_final_snapshot']],
  ['low', []],
  ['none', []],
])('loss impact %s wants %j to be off', (impact, wanted) => {
  for (const argument of ['delete_automated_backups', 'skip_final_snapshot']) {
    for (const [value, shown] of [
      [true, 'true'],
      [null, 'null'],
      [undefined, 'not set'],
    ] as const) {
      const instance = { ...BEST, backup_retention_period: 30, [argument]: value };
      const check = (): void => {
        checkBestPractices(impact, instance);
      };
      if (wanted.includes(argument)) expect(check).toThrow(`${argument} must be false (it is ${shown})`);
      else expect(check).not.toThrow();
    }
  }
});

test('backups that are not set are not enough for any classification, and fine without one', () => {
  for (const loss_impact of LOSS_IMPACTS) {
    expect(() => database('a: 1', { data_classification: { loss_impact } })).toThrow('(it is not set)');
  }
  expect(() => database('a: 1', { data_classification: null })).not.toThrow();
});

test('a replica is judged by its own arguments, and has no backups', () => {
  const others = [{ provider: 'rds', identifier: 'src', defaults: '/src.yml' }];
  const files = { '/src.yml': '{username: root, backup_retention_period: 9}' };
  const fields = { replica_source: 'src', data_classification: { loss_impact: 'low' } };
  expect(() => database('backup_retention_period: 9', fields, { others, files })).toThrow(
    'backup_retention_period must be at least 3 (it is 0)',
  );
});

test('an impact that nobody has heard of is refused', () => {
  expect(() => database('a: 1', { data_classification: { loss_impact: 'huge' } })).toThrow(
    'data_classification.loss_impact',
  );
});
