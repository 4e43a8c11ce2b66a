import type { ChalkInstance } from 'chalk';

import type { DiagnosisFailure, OwnedFinding, RootDiagnosis } from '../diagnosis/diagnosis.js';
import { actionCounts, count, duration, severityCounts, statusCounts } from '../diagnosis/tally.js';
import { FULL, SUSPECT, findingBlock } from './finding-block.js';
import { printable } from './printable.js';
import { paintSeverity } from './severity.js';
import { wrapAroundAddresses } from './wrap-around-addresses.js';

export interface DiagnosisStyle {
  readonly colour: ChalkInstance;
  /** In characters; addresses and commands are longer when they must be. */
  readonly width: number;
  /** Every finding with all that is known of it, instead of the suspect on one screen. */
  readonly full: boolean;
}

/** More findings than this, beside the suspect, are only counted. */
const OTHERS = 4;

/** More notes than this are only counted. */
const NOTES = 2;

/** The diagnosis of one root for people: the suspect first, on one screen; what else there is, in a line each. */
export function renderDiagnosis(root: RootDiagnosis, style: DiagnosisStyle): string {
  const failure =
    root.failure && unlessSaidBelow(root.failure, root.findings.slice(0, style.full ? undefined : 1));
  return joined([headLines(root, style), failureLines(failure, style), ...findingParagraphs(root, style)]);
}

/** Where a finding that is shown has the words of the failure as its evidence, they stand there only. */
function unlessSaidBelow(failure: DiagnosisFailure, shown: readonly OwnedFinding[]): DiagnosisFailure {
  const words = failure.message.replaceAll(/\s+/g, ' ').trim();
  const isSaid = shown.some(({ evidence }) =>
    evidence.slice(0, SUSPECT.evidence).some(({ text }) => text === words),
  );
  return isSaid ? { ...failure, message: 'there is no plan' } : failure;
}

/** The same without the findings: what was looked at, and whether that worked. */
export function renderDiagnosisHead(root: RootDiagnosis, style: Omit<DiagnosisStyle, 'full'>): string {
  return joined([headLines(root, style), failureLines(root.failure, style)]);
}

function joined(paragraphs: readonly (readonly string[])[]): string {
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLines(root: RootDiagnosis, { colour, width }: Omit<DiagnosisStyle, 'full'>): string[] {
  const { uid, state } = root;
  const name = root.name === '.' ? 'this folder' : root.name;
  const account = uid === undefined ? '' : ` (${printable(uid)})`;
  const stored =
    state === undefined
      ? ''
      : `, state serial ${state.serial}, terraform ${printable(state.terraformVersion)}`;
  const facts = [resourcesFact(root), planFact(root)].filter((fact) => fact !== '');
  return [
    colour.bold(printable(name)) + account + stored,
    ...facts.flatMap((fact) => wrapAroundAddresses(fact, [], width)),
  ];
}

function resourcesFact({ state, resources }: RootDiagnosis): string {
  const unwell = statusCounts(resources);
  const total = count(state?.instances ?? resources.length, 'resource');
  if (unwell === '') return state === undefined ? '' : total;
  return `${total}: ${unwell}`;
}

function planFact({ plan }: RootDiagnosis): string {
  if (plan === undefined) return '';
  const { outcome, refreshed, durationMs, actions } = plan;
  const failed = outcome === 'failed' ? 'failed; ' : '';
  const took = durationMs === undefined ? '' : ` in ${duration(durationMs)}`;
  return `plan: ${failed}${refreshed} read${took}, ${actionCounts(actions)}`;
}

function failureLines(
  failure: DiagnosisFailure | undefined,
  { colour, width }: Omit<DiagnosisStyle, 'full'>,
): string[] {
  if (failure === undefined) return [];
  const { code, message, hint } = failure;
  const [first = '', ...rest] = wrapAroundAddresses(`failed: ${message} (${code})`, [], width);
  return [
    paintSeverity('failed', first, colour),
    ...rest,
    ...(hint === undefined ? [] : wrapAroundAddresses(`Next: ${hint}`, [], width)),
  ];
}

function findingParagraphs(root: RootDiagnosis, style: DiagnosisStyle): string[][] {
  const { findings, failure } = root;
  const [suspect, ...others] = findings;
  const ending = noteLines(root.notes, style);
  if (suspect === undefined) return [failure === undefined ? ['Nothing is wrong.'] : [], ending];
  if (style.full) {
    return [...findings.map((finding) => findingBlock(finding, root, { ...style, detail: FULL })), ending];
  }
  // Together, so that the usual case fits on a screen.
  return [
    findingBlock(suspect, root, { ...style, detail: SUSPECT }),
    [...otherLines(others, style), ...ending],
  ];
}

function otherLines(others: readonly OwnedFinding[], { colour, width }: DiagnosisStyle): string[] {
  if (others.length === 0) return [];
  const rows = others.slice(0, OTHERS).flatMap(({ severity, code, addresses: [address] }) => {
    const what = address === undefined ? code : `${code}  ${printable(address)}`;
    return `  ${paintSeverity(severity, severity.padEnd(7), colour)}  ${what}`;
  });
  const heading = `${count(others.length, 'more finding')} (${severityCounts(others)}); --verbose shows all:`;
  return [...wrapAroundAddresses(heading, [], width), ...rows];
}

function noteLines(notes: readonly string[], { width, full }: DiagnosisStyle): string[] {
  const shown = full ? notes : notes.slice(0, NOTES);
  const hidden = notes.length - shown.length;
  return [
    ...shown.flatMap((note) => wrapAroundAddresses(`note: ${note}`, [], width)),
    ...(hidden > 0 ? [`note: ${count(hidden, 'more note')}; --verbose shows all`] : []),
  ];
}
