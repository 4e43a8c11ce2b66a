import type { PlanAction } from '../terraform/plan/plan.js';
import type { ResourceRow, ResourceStatus, RootDiagnosis } from './diagnosis.js';
import type { Finding, Severity } from './finding.js';

/** The worst first. */
export const SEVERITIES: readonly Severity[] = ['blocker', 'danger', 'warning', 'notice'];

/** How a plan's actions are said, in the order in which they are said. */
const ACTION_WORDS: readonly (readonly [action: PlanAction, words: string])[] = [
  ['create', 'to create'],
  ['update', 'to change'],
  ['replace', 'to replace'],
  ['delete', 'to destroy'],
  ['move', 'to move'],
  ['import', 'to import'],
  ['forget', 'to forget'],
];

/** e.g. `1 resource`, `2 resources` */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** e.g. `1 blocker, 2 warnings`; empty without findings. */
export function severityCounts(findings: readonly Finding[]): string {
  const counts = SEVERITIES.map((severity): [Severity, number] => [
    severity,
    findings.filter((finding) => finding.severity === severity).length,
  ]);
  return counts
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => count(number, severity))
    .join(', ');
}

/** e.g. `1 to create, 2 to change`, or `no changes`. */
export function actionCounts(actions: Readonly<Partial<Record<PlanAction, number>>>): string {
  const words = ACTION_WORDS.flatMap(([action, text]) => {
    const number = actions[action] ?? 0;
    return number === 0 ? [] : [`${number} ${text}`];
  });
  return words.length === 0 ? 'no changes' : words.join(', ');
}

/** How many resources have each status, those that are well left out, e.g. `1 missing, 2 drifted`. */
export function statusCounts(resources: readonly ResourceRow[]): string {
  const unwell: readonly ResourceStatus[] = ['missing', 'failed', 'drifted', 'not read'];
  return unwell
    .map((status) => ({ status, number: resources.filter((row) => row.status === status).length }))
    .filter(({ number }) => number > 0)
    .map(({ status, number }) => `${number} ${status}`)
    .join(', ');
}

/** Milliseconds as people say them, e.g. `0.4 s`, `14 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** How a root fares: `failed` when there is no diagnosis, or only half of one. */
export function verdictOf({ failure, findings }: RootDiagnosis): 'failed' | 'findings' | 'fine' {
  if (failure !== undefined) return 'failed';
  return findings.length > 0 ? 'findings' : 'fine';
}

/** Sorts roots: those that failed or have the worst findings first, then by name. */
export function worstFirst(roots: readonly RootDiagnosis[]): RootDiagnosis[] {
  return [...roots].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function rank({ failure, findings }: RootDiagnosis): number {
  const worst = findings.map(({ severity }) => SEVERITIES.indexOf(severity));
  return Math.min(failure === undefined ? SEVERITIES.length : 0, ...worst);
}
