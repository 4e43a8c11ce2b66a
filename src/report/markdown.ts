import type { FleetDiagnosis, OwnedFinding, ResourceRow, RootDiagnosis } from '../diagnosis/diagnosis.js';
import { expectedText } from '../diagnosis/expected-action.js';
import type { Repair } from '../diagnosis/finding.js';
import { repairLine, terraformLine } from '../diagnosis/repair-command.js';
import { summaryBelow } from '../diagnosis/summary-below.js';
import { count, severityCounts, verdictOf, worstFirst } from '../diagnosis/tally.js';
import { factsOf, fleetVerdict, titleOf } from './facts.js';
import { cellCode, code, codeBlock, tableRow, text } from './markdown-text.js';
import { pictureOf } from './picture/dependents.js';
import { minute, type ReportContext } from './report-context.js';
import { sentence } from './sentence.js';

/** More rows than this are only counted: GitLab and GitHub cut comments that are too long. */
const MAX_ROWS = 200;

/** A diagnosis as Markdown (GFM), e.g. for a comment: what is wrong, and the resources that are not well. */
export function markdownReport(diagnosis: FleetDiagnosis, context: ReportContext): string {
  const roots = worstFirst(diagnosis.accounts);
  const alone = roots.length === 1;
  const unwell = roots.filter((root) => alone || verdictOf(root) !== 'fine');
  const blocks = [
    `# ${text(titleOf(diagnosis))}`,
    ...(alone ? [] : [`${fleetVerdict(diagnosis)}.`]),
    ...missing(diagnosis),
    ...unwell.flatMap((root) => rootBlocks(root, alone)),
    `Made by tfrepair ${context.version} on ${minute(context.madeAt)}. Secret values are not in it.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function missing({ missingShards = [] }: FleetDiagnosis): string[] {
  if (missingShards.length === 0) return [];
  return [`**Incomplete:** ${count(missingShards.length, 'shard')} missing: ${missingShards.join(', ')}.`];
}

function rootBlocks(root: RootDiagnosis, alone: boolean): string[] {
  const { failure, findings, notes } = root;
  const facts = factsOf(root).map(([label, fact]) => `- ${label}: ${text(fact)}`);
  const level = alone ? '##' : '###';
  return [
    ...(alone ? [] : [`## ${text(root.name)}`]),
    ...(facts.length === 0 ? [] : [facts.join('\n')]),
    ...(failure === undefined
      ? []
      : [`**Failed:** ${text(sentence(failure.message))} (${text(failure.code)})`, ...next(failure.hint)]),
    ...(findings.length === 0 && failure === undefined ? ['Nothing is wrong.'] : []),
    ...findings.flatMap((finding) => findingBlocks(finding, root, level)),
    ...dependentBlocks(root, level),
    ...resourceBlocks(root, level),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${text(note)}`).join('\n')]),
  ];
}

function next(hint: string | undefined): string[] {
  return hint === undefined ? [] : [`**Next:** ${text(sentence(hint))}`];
}

function findingBlocks(finding: OwnedFinding, root: RootDiagnosis, level: string): string[] {
  const { severity, addresses, confidence, evidence, owners, leaveStateAlone, repairs } = finding;
  const [first = root.name, ...others] = addresses;
  const items = [
    ...others.map((address) => `- also concerns ${code(address)}`),
    ...evidence.map((item) => `- ${item.source}: ${text(item.text)}`),
    // As code, so that a comment calls nobody.
    ...owners.map(({ app, namespace, provider, identifier, contacts }) => {
      const whom = contacts.length === 0 ? '' : `; ask ${contacts.map(code).join(', ')}`;
      return `- owner: ${text(app)}, ${text(provider)} ${code(identifier)} in ${text(namespace)}${whom}`;
    }),
  ];
  return [
    `${level} ${severity}: ${code(first)}`,
    `${text(sentence(summaryBelow(finding)))} (${finding.code}, ${confidence})`,
    ...(items.length === 0 ? [] : [items.join('\n')]),
    ...(leaveStateAlone === undefined
      ? []
      : [`**Leave the state alone:** ${text(sentence(leaveStateAlone))}`]),
    ...repairs.flatMap((repair, i) => repairBlocks(repair, root, i)),
  ];
}

function repairBlocks(repair: Repair, root: RootDiagnosis, number: number): string[] {
  const ours = repairLine(repair, root);
  const plain = terraformLine(repair);
  const expected = repair.expectedPlan.map((expected) => `- the next plan: ${expectedText(expected, code)}`);
  const after = [...(plain === undefined ? [] : [`- with terraform alone: ${code(plain)}`]), ...expected];
  return [
    `**${number === 0 ? 'Repair' : 'Or'}:** ${text(sentence(repair.title))}`,
    ...(ours === undefined ? [] : [codeBlock(ours, 'sh')]),
    ...(after.length === 0 ? [] : [after.join('\n')]),
  ];
}

/** The picture of the HTML report, in words. */
function dependentBlocks(root: RootDiagnosis, level: string): string[] {
  const { nodes, edges, hidden } = pictureOf(root);
  const lines = nodes.flatMap(({ address }, i) => {
    const dependents = edges.flatMap(({ from, to }) => (from === i ? (nodes[to]?.address ?? []) : []));
    return dependents.length === 0 ? [] : [`- ${code(address)}: ${dependents.map(code).join(', ')}`];
  });
  const more = hidden === 0 ? [] : [`- and ${count(hidden, 'more resource')}`];
  return lines.length === 0 ? [] : [`${level} What depends on what`, [...lines, ...more].join('\n')];
}

function resourceBlocks({ resources, findings }: RootDiagnosis, level: string): string[] {
  const unwell = resources.filter((row) => row.status !== 'refreshed' || row.findings.length > 0);
  if (unwell.length === 0) return [];
  const rows = unwell.slice(0, MAX_ROWS).map(resourceRow);
  const hidden = unwell.length - rows.length;
  const well = resources.length - unwell.length;
  const counts = findings.length === 0 ? '' : ` (${severityCounts(findings)})`;
  return [
    `${level} Resources that are not well${counts}`,
    [tableRow(['status', 'address', 'id', 'findings']), '|---|---|---|---|', ...rows].join('\n'),
    ...(hidden > 0 ? [`${count(hidden, 'more resource')} not shown.`] : []),
    ...(well > 0 ? [`${count(well, 'other resource')}: nothing found.`] : []),
  ];
}

function resourceRow({ status, address, id, findings }: ResourceRow): string {
  return tableRow([status, cellCode(address), id === undefined ? '' : cellCode(id), findings.join(', ')]);
}
