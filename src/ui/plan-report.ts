import type { ChalkInstance } from 'chalk';

import { actionCounts, count, duration } from '../diagnosis/tally.js';
import type { PlanReport } from '../planning/plan-report.js';
import type { Diagnostic, PlanAction, ResourceChange } from '../terraform/plan/plan.js';
import { layOut } from './columns.js';
import { printable } from './printable.js';
import { wrapAroundAddresses } from './wrap-around-addresses.js';

/** More changes, errors or addresses than these are only counted; `--json` has them all. */
const SHOWN = { changes: 20, errors: 5, warnings: 3, detailLines: 8, unfinished: 5 };

/** The dangerous ones first, and what each is called. */
const ACTIONS: readonly (readonly [action: PlanAction, word: string])[] = [
  ['delete', 'destroy'],
  ['replace', 'replace'],
  ['forget', 'forget'],
  ['update', 'change'],
  ['create', 'create'],
  ['import', 'import'],
  ['move', 'move'],
  ['read', 'read'],
  ['noop', 'keep'],
];

/** What terraform's words for a reason mean. @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
const REASONS: Readonly<Record<string, string>> = {
  tainted: 'it is tainted',
  requested: 'as asked for',
  cannot_update: 'it cannot be changed in place',
  replace_triggered_by: 'what it is replaced with changes',
  delete_because_no_resource_config: 'it is not in the config',
  delete_because_no_module: 'its module is not in the config',
  delete_because_wrong_repetition: 'count or for_each came or went',
  delete_because_count_index: 'count is less',
  delete_because_each_key: 'for_each has no such key',
  read_because_config_unknown: 'its arguments are known after the apply',
  read_because_dependency_pending: 'what it depends on changes',
};

interface PlanStyle {
  readonly colour: ChalkInstance;
  readonly width: number;
}

/** The plan of an account for people: what failed first, then what it would do. */
export function renderPlan(report: PlanReport, style: PlanStyle): string {
  return [
    headLines(report, style),
    errorLines(report, style),
    changeLines(report, style),
    noteLines(report, style),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLines(report: PlanReport, { colour }: PlanStyle): string[] {
  const { account, uid, terraform, refreshed, durationMs, outcome, actions } = report;
  const end = outcome === 'failed' ? colour.red.bold('plan failed') : 'plan';
  return [
    `${colour.bold(printable(account))} (${printable(uid)}), ${terraform.product} ${terraform.version}`,
    `${end}: ${count(refreshed, 'resource')} refreshed in ${duration(durationMs)}, ${actionCounts(actions)}`,
  ];
}

function errorLines(report: PlanReport, style: PlanStyle): string[] {
  const errors = distinct(report.diagnostics.filter(({ severity }) => severity === 'error'));
  const warnings = report.diagnostics.filter(({ severity }) => severity === 'warning');
  return [
    ...shown(errors, SHOWN.errors, 'error').flatMap((error) => diagnosticLines(error, style)),
    ...unfinishedLines(report, style),
    ...shown([...new Set(warnings.map(({ summary }) => summary))], SHOWN.warnings, 'warning').flatMap(
      (summary) => wrapAroundAddresses(`${style.colour.yellow('warning:')} ${summary}`, [], style.width),
    ),
  ];
}

/** An interrupted terraform says the same of everything that it was at. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}

function diagnosticLines(error: Diagnostic | string, { colour, width }: PlanStyle): string[] {
  if (typeof error === 'string') return [error];
  const { summary, detail, address, place } = error;
  const where = [address, place].filter((text) => text !== undefined).join(', ');
  const lines = detail.split('\n').filter((line) => line.trim() !== '');
  return [
    ...wrapAroundAddresses(`${colour.red('error:')} ${summary}`, [], width),
    ...(where === '' ? [] : [`  at ${printable(where)}`]),
    ...lines
      .slice(0, SHOWN.detailLines)
      .flatMap((line) => wrapAroundAddresses(line, [], width - 2).map((text) => `  ${text}`)),
    ...(lines.length > SHOWN.detailLines ? ['  …'] : []),
  ];
}

function unfinishedLines({ outcome, notCompleted }: PlanReport, { colour }: PlanStyle): string[] {
  if (outcome === 'planned' || notCompleted.length === 0) return [];
  return [
    `${colour.red('not refreshed:')} reading these was begun and not completed`,
    ...shown(notCompleted, SHOWN.unfinished, 'address').map((address) => `  ${printable(address)}`),
  ];
}

function changeLines({ changes }: PlanReport, { width }: PlanStyle): string[] {
  const sorted = ACTIONS.flatMap(([wanted]) => changes.filter(({ action }) => action === wanted));
  const rows = sorted.slice(0, SHOWN.changes).map((change) => [wordOf(change), textOf(change)]);
  const rest = sorted.length - SHOWN.changes;
  return [
    ...layOut(rows, width - 2)
      .flat()
      .map((line) => `  ${line}`),
    ...(rest > 0 ? [`  … and ${count(rest, 'more change')} (--json lists all)`] : []),
  ];
}

function wordOf({ action }: ResourceChange): string {
  return ACTIONS.find(([known]) => known === action)?.[1] ?? action;
}

function textOf({ address, reason, previousAddress }: ResourceChange): string {
  const words = reason === undefined ? undefined : (REASONS[reason] ?? reason.replaceAll('_', ' '));
  const from = previousAddress === undefined ? undefined : `from ${previousAddress}`;
  const notes = [words, from].filter((text) => text !== undefined).join(', ');
  return printable(notes === '' ? address : `${address}  (${notes})`);
}

function noteLines(
  { placeholders, notes, account, outcome, workdir }: PlanReport,
  style: PlanStyle,
): string[] {
  const note = (text: string): string[] => wrapAroundAddresses(`note: ${text}`, [], style.width);
  return [
    ...notes.flatMap(note),
    ...(placeholders.length === 0
      ? []
      : note(`${placeholders.join(', ')}: not known; what is made of it shows as a change`)),
    ...(workdir === undefined ? [] : [`kept: ${workdir} (the plan file in it holds secrets of the state)`]),
    ...(outcome === 'failed' ? [`Next: tfrepair diagnose --account ${printable(account)}`] : []),
  ];
}

/** The first of many, and how many more there are. */
function shown<Item>(items: readonly Item[], most: number, what: string): (Item | string)[] {
  if (items.length <= most) return [...items];
  return [...items.slice(0, most), `… and ${count(items.length - most, `more ${what}`)} (--json lists all)`];
}
