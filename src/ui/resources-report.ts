import type { ChalkInstance } from 'chalk';

import type { ResourceStatus } from '../diagnosis/diagnosis.js';
import { count } from '../diagnosis/tally.js';
import type { OwnedResource, ResourcesReport } from '../resources/resources-report.js';
import { printable } from './printable.js';
import { wrapAroundAddresses } from './wrap-around-addresses.js';

const STATUSES: readonly ResourceStatus[] = ['failed', 'missing', 'drifted', 'not read', 'refreshed'];
const STATUS_WIDTH = Math.max(...STATUSES.map((status) => status.length)) + 2;
const GAP = '  ';
/** More errors are only counted; `--json` has them all. */
const SHOWN_ERRORS = 5;

interface Style {
  readonly colour: ChalkInstance;
  readonly width: number;
}

/** The resources of a plan, a line each where it has room; addresses and ids stay whole, so that they can be copied. */
export function renderResources(report: ResourcesReport, style: Style): string {
  return [
    [headLine(report, style)],
    errorLines(report, style),
    report.resources.flatMap((resource) => resourceLines(resource, style)),
    report.notes.flatMap((text) => wrapAroundAddresses(`note: ${text}`, [], style.width)),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function headLine({ name, source, outcome, counts, resources }: ResourcesReport, { colour }: Style): string {
  const what = `${source === 'log' ? 'log of a plan' : 'plan'}${outcome === 'failed' ? ' that failed' : ''}`;
  const parts = STATUSES.flatMap((status) => (counts[status] ? [`${counts[status]} ${status}`] : []));
  const total = Object.values(counts).reduce((sum, number) => sum + number, 0);
  const shown = resources.length === total ? '' : `; ${resources.length} shown`;
  const tally = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `${colour.bold(printable(name))}, ${what}: ${count(total, 'resource')}${tally}${shown}`;
}

function errorLines({ errors }: ResourcesReport, { colour, width }: Style): string[] {
  const shown = errors
    .slice(0, SHOWN_ERRORS)
    .flatMap(({ summary, address }) =>
      wrapAroundAddresses(
        `${colour.red('error:')} ${summary}${address === undefined ? '' : ` (${address})`}`,
        address === undefined ? [] : [address],
        width,
      ),
    );
  const rest = errors.length - SHOWN_ERRORS;
  return rest > 0 ? [...shown, `… and ${count(rest, 'more error')} (--json lists all)`] : shown;
}

function resourceLines({ address, id, status, owners = [] }: OwnedResource, style: Style): string[] {
  const cells = [address, ...(id === undefined || id === '' ? [] : [id]), ...owners.map(ownerText)];
  const [first = '', ...rest] = pack(cells.map(printable), style.width - STATUS_WIDTH);
  const mark = paint(status, style.colour)(status.padEnd(STATUS_WIDTH));
  return [`${mark}${first}`, ...rest.map((line) => ' '.repeat(STATUS_WIDTH) + line)];
}

function ownerText({
  app,
  namespace,
  provider,
  identifier,
}: NonNullable<OwnedResource['owners']>[number]): string {
  return `${app}/${namespace}/${provider}/${identifier}`;
}

/** Puts cells into lines of at most `width` characters; a longer cell has a line of its own. */
function pack(cells: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const cell of cells) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + GAP.length + cell.length <= width) {
      lines[lines.length - 1] = `${line}${GAP}${cell}`;
    } else lines.push(cell);
  }
  return lines;
}

function paint(status: ResourceStatus, colour: ChalkInstance): ChalkInstance {
  if (status === 'failed' || status === 'missing') return colour.red;
  if (status === 'drifted') return colour.yellow;
  return status === 'not read' ? colour.dim : colour.green;
}
