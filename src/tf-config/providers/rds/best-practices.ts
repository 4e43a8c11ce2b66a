import { FailedError } from '../../../errors.js';
import type { Json } from '../../../json.js';
import type { Arguments } from '../../model/document.js';

/** How bad the loss of the instance's data would be (`data_classification.loss_impact`). */
export const LOSS_IMPACTS = ['high', 'medium', 'low', 'none'] as const;

export type LossImpact = (typeof LOSS_IMPACTS)[number];

interface Rule {
  readonly argument: string;
  readonly demand: string;
  readonly holds: (value: Json | undefined) => boolean;
}

const off = (argument: string): Rule => ({
  argument,
  demand: 'false',
  holds: (value) => value === false || value === 0,
});

const backupDays = (least: number): Rule => ({
  argument: 'backup_retention_period',
  demand: `at least ${least}`,
  holds: (value) => typeof value === 'number' && value >= least,
});

const RULES: Readonly<Record<LossImpact, readonly Rule[]>> = {
  high: [off('delete_automated_backups'), off('skip_final_snapshot'), backupDays(7)],
  medium: [off('skip_final_snapshot'), backupDays(7)],
  low: [backupDays(3)],
  none: [backupDays(0)],
};

/**
 * Checks that an instance is backed up as the worth of its data demands.
 *
 * @param instance its final arguments
 * @throws FailedError `BestPracticeViolated` naming every argument
 */
export function checkBestPractices(lossImpact: LossImpact, instance: Arguments): void {
  const broken = RULES[lossImpact].filter(({ argument, holds }) => !holds(instance[argument]));
  if (broken.length === 0) return;
  const found = broken.map(({ argument, demand }) => {
    const value = instance[argument];
    return `${argument} must be ${demand} (it is ${value === undefined ? 'not set' : JSON.stringify(value)})`;
  });
  throw new FailedError(
    'BestPracticeViolated',
    `with data_classification.loss_impact ${lossImpact}, ${found.join(', ')}`,
  );
}
