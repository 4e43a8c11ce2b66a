import type { Finding, Repair, RepairStep } from '../finding.js';
import type { SecretValues } from './secret-values.js';

/** The finding with all secret values masked in its texts; a repair whose words would hold one is left out. */
export function withoutSecrets(finding: Finding, secrets: SecretValues): Finding {
  const mask = (text: string): string => secrets.mask(text);
  const isClean = (words: readonly string[] | undefined): boolean =>
    (words ?? []).every((word) => mask(word) === word);
  const isCleanStep = ({ command, terraform }: RepairStep): boolean => isClean(command) && isClean(terraform);
  const repairs = finding.repairs
    .filter((repair) => isCleanStep(repair) && (repair.first === undefined || isCleanStep(repair.first)))
    .map((repair): Repair => ({ ...repair, title: mask(repair.title) }));
  return {
    ...finding,
    id: finding.id === undefined ? undefined : mask(finding.id),
    summary: mask(finding.summary),
    evidence: finding.evidence.map(({ source, text }) => ({ source, text: mask(text) })),
    leaveStateAlone: finding.leaveStateAlone === undefined ? undefined : mask(finding.leaveStateAlone),
    repairs,
  };
}
