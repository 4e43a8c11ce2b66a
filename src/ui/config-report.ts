import type { ChalkInstance } from 'chalk';

import type { AccountReport, ConfigReport } from '../rendering/config-report.js';

/** More lines of one kind are counted only; `--json` has them all. */
const SHOWN = 10;

/** What `tfrepair config` tells people on stderr, next to the config itself. */
export function renderConfigReport({ accounts, plainSecrets }: ConfigReport, colour: ChalkInstance): string {
  const lines = accounts.flatMap((account) => accountLines(account, colour));
  if (plainSecrets) {
    lines.push(
      `${colour.yellow('warning:')} credentials and secrets are in this config in plain text (--compat)`,
    );
  }
  return lines.join('\n');
}

function accountLines(report: AccountReport, colour: ChalkInstance): string[] {
  const name = colour.bold(report.account);
  if (report.status === 'disabled') return [`${name}: terraform-resources is disabled there; no config`];
  if (report.status === 'no state location') return [`${name}: no config: ${report.why ?? ''}`];
  const where = typeof report.file === 'string' ? ` → ${report.file}` : '';
  const { resources = 0, outputs = 0 } = report;
  return [
    `${name}: ${resources} resources, ${outputs} outputs${where}`,
    ...variableLines(report),
    ...listed('unknown', unknownTexts(report), colour),
    ...listed('left out', report.skipped ?? [], colour),
    ...listed('warning', report.warnings ?? [], colour),
    ...verificationLines(report, colour),
  ];
}

function variableLines({ variables = [] }: AccountReport): string[] {
  if (variables.length === 0) return [];
  const names = variables.map(({ name, known }) => `TF_VAR_${name}${known ? '' : ' (value unknown)'}`);
  return [`  variables terraform needs: ${variables.length}`, ...cut(names).map((text) => `    ${text}`)];
}

function unknownTexts({ unknowns = [] }: AccountReport): string[] {
  return unknowns.map(
    ({ resource, what, why, instead }) => `${resource}: ${what}: ${why}; ${instead} instead`,
  );
}

function listed(label: string, texts: readonly string[], colour: ChalkInstance): string[] {
  return cut(texts).map((text) => `  ${colour.yellow(`${label}:`)} ${text}`);
}

function verificationLines({ differences }: AccountReport, colour: ChalkInstance): string[] {
  if (differences === undefined) return [];
  if (differences.length === 0) return ['  qontract-reconcile renders the same'];
  const texts = differences.map(({ address, kind, paths }) =>
    [`${address}: ${kind}`, ...(paths.length === 0 ? [] : [paths.join(', ')])].join(': '),
  );
  return listed('differs from qontract-reconcile', texts, colour);
}

function cut(texts: readonly string[]): string[] {
  if (texts.length <= SHOWN) return [...texts];
  return [...texts.slice(0, SHOWN), `… and ${texts.length - SHOWN} more (--json lists all)`];
}
