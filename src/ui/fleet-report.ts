import type { ChalkInstance } from 'chalk';

import type { FleetDiagnosis, RootDiagnosis } from '../diagnosis/diagnosis.js';
import { diagnoseLine, repairLine } from '../diagnosis/repair-command.js';
import { summaryBelow } from '../diagnosis/summary-below.js';
import { count, verdictOf, worstFirst } from '../diagnosis/tally.js';
import { renderDiagnosis, type DiagnosisStyle } from './diagnosis-report.js';
import { printable } from './printable.js';
import { paintSeverity } from './severity.js';
import { wrapAroundAddresses } from './wrap-around-addresses.js';

/** A longer name has a line of its own. */
const LONGEST_NAME = 24;
const GAP = '  ';
const WORD = 'blocker'.length;

/** The diagnosis of one root or of many, for people: many are a table with the suspect of each, the worst first. */
export function renderFleet(fleet: FleetDiagnosis, style: DiagnosisStyle): string {
  const [only, ...others] = fleet.accounts;
  if (only !== undefined && others.length === 0) return renderDiagnosis(only, style);
  const unwell = worstFirst(fleet.accounts.filter((root) => verdictOf(root) !== 'fine'));
  if (style.full) {
    return [overview(fleet), ...unwell.map((root) => renderDiagnosis(root, style))].join('\n\n');
  }
  const widest = Math.max(0, ...unwell.map(({ name }) => printable(name).length));
  const indent = Math.min(widest, LONGEST_NAME) + GAP.length;
  const rows = unwell.map((root) => rowLines(root, indent, style).join('\n'));
  return [overview(fleet), ...rows, ...next(unwell)].join('\n\n');
}

/** e.g. `12 accounts: 2 with findings, 1 failed, 9 fine` */
function overview({ accounts, shard, missingShards = [] }: FleetDiagnosis): string {
  const number = (wanted: ReturnType<typeof verdictOf>): number =>
    accounts.filter((root) => verdictOf(root) === wanted).length;
  const what = accounts.some(({ kind }) => kind !== 'account') ? 'root' : 'account';
  const parts = [
    [number('findings'), 'with findings'],
    [number('failed'), 'failed'],
    [number('fine'), 'fine'],
  ] as const;
  const said = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  const part = shard === undefined ? '' : ` in shard ${shard.index}/${shard.total}`;
  const missing =
    missingShards.length === 0
      ? ''
      : `\nincomplete: ${count(missingShards.length, 'shard')} missing: ${missingShards.join(', ')}`;
  const total = count(accounts.length, what);
  return `${total}${part}${said.length === 0 ? '' : `: ${said.join(', ')}`}${missing}`;
}

function rowLines(root: RootDiagnosis, indent: number, style: DiagnosisStyle): string[] {
  const name = printable(root.name);
  const body = bodyLines(root, style, style.width - indent);
  const paint = style.colour.bold;
  if (name.length + GAP.length > indent)
    return [paint(name), ...body.map((line) => ' '.repeat(indent) + line)];
  return body.map(
    (line, i) => (i === 0 ? paint(name) + ' '.repeat(indent - name.length) : ' '.repeat(indent)) + line,
  );
}

function bodyLines(root: RootDiagnosis, { colour }: DiagnosisStyle, width: number): string[] {
  const { failure, findings } = root;
  const textWidth = width - WORD - GAP.length;
  const below = (text: string, addresses: readonly string[] = []): string[] =>
    wrapAroundAddresses(text, addresses, textWidth).map((line) => ' '.repeat(WORD + GAP.length) + line);
  const failed =
    failure === undefined ? [] : labelled('failed', below(`${failure.message} (${failure.code})`), colour);
  const [suspect, ...others] = findings;
  if (suspect === undefined) return failed;
  const { addresses, severity, code } = suspect;
  const more = others.length === 0 ? '' : `; ${count(others.length, 'more finding')}`;
  return [
    ...failed,
    paintSeverity(severity, severity.padEnd(WORD), colour) + GAP + printable(addresses[0] ?? code),
    ...below(`${summaryBelow(suspect)}${more}`, addresses),
    ...adviceLines(root, below, colour),
  ];
}

function adviceLines(
  root: RootDiagnosis,
  below: (text: string, addresses: readonly string[]) => string[],
  colour: ChalkInstance,
): string[] {
  const [suspect] = root.findings;
  if (suspect?.leaveStateAlone !== undefined)
    return below(`leave the state alone: ${suspect.leaveStateAlone}`, suspect.addresses);
  const [best] = suspect?.repairs ?? [];
  const line = best === undefined ? undefined : repairLine(best, root);
  return line === undefined ? [] : ['run:'.padEnd(WORD) + GAP + colour.green(printable(line))];
}

function labelled(word: 'failed', lines: readonly string[], colour: ChalkInstance): string[] {
  return lines.map((line, i) =>
    i === 0 ? paintSeverity(word, word.padEnd(WORD), colour) + line.slice(WORD) : line,
  );
}

function next([worst]: readonly RootDiagnosis[]): string[] {
  const line = worst === undefined ? undefined : diagnoseLine(worst);
  return line === undefined ? [] : [`Evidence and repairs of one of them: ${printable(line)}`];
}
