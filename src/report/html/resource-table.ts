import type { FleetDiagnosis, ResourceRow, ResourceStatus } from '../../diagnosis/diagnosis.js';
import type { FindingCode } from '../../diagnosis/finding.js';
import { count } from '../../diagnosis/tally.js';
import { markup, type Html } from './markup.js';
import { statusBadge } from './marks.js';
import { findingId } from './root.js';

/** The order of the rows: what is not well first. */
const RANKS: Readonly<Record<ResourceStatus, number>> = {
  missing: 0,
  failed: 1,
  drifted: 2,
  'not read': 3,
  refreshed: 4,
};

/** How many rows a table body has. */
const CHUNK = 100;

interface TableRow {
  readonly row: ResourceRow;
  readonly account: string;
  /** The row's findings with the ids of their cards. */
  readonly links: readonly { readonly code: FindingCode; readonly id: string | undefined }[];
}

/** All resources of all roots, with the box that the page's script makes work. */
export function resourceTable({ accounts }: FleetDiagnosis): Html {
  const several = accounts.length > 1;
  const rows = accounts.flatMap(({ name, resources }, number) => {
    const ids = findingIds(accounts, number);
    return resources.map((row): TableRow => {
      const links = row.findings.map((code) => ({
        code,
        id: ids.get(`${code} ${row.address}`) ?? ids.get(code),
      }));
      return { row, account: name, links };
    });
  });
  if (rows.length === 0) return markup``;
  const sorted = rows
    .map((row) => ({ row, rank: rankOf(row.row) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
  return markup`<section aria-labelledby="resources-title">
    <h2 id="resources-title">Resources</h2>
    <div class="filter" hidden>
      <label for="filter">Filter</label>
      <input
        id="filter"
        type="search"
        placeholder="address, id, status, finding"
        autocomplete="off"
        spellcheck="false"
        aria-controls="resources"
      />
    </div>
    <p class="dim" id="shown" role="status">${count(rows.length, 'resource')}</p>
    <table id="resources" class="rows ${several ? 'several' : ''}" role="table" aria-labelledby="resources-title">
      ${tableHead(several)} ${chunks(sorted).map((chunk) => tableBody(chunk, several))}
    </table>
  </section> `;
}

function tableHead(several: boolean): Html {
  const titles = ['Status', ...(several ? ['Account'] : []), 'Resource', 'Findings'];
  const cells = titles.map((title) => markup`<th scope="col" role="columnheader">${title}</th>`);
  return markup`<thead role="rowgroup"><tr role="row">${cells}</tr></thead>`;
}

/** Browsers lay out only the bodies that are near the screen, so that thousands of rows cost no more than some. */
function tableBody(rows: readonly TableRow[], several: boolean): Html {
  return markup`<tbody role="rowgroup">${rows.map((row) => tableRow(row, several))}</tbody>
`;
}

function chunks(rows: readonly TableRow[]): TableRow[][] {
  const number = Math.ceil(rows.length / CHUNK);
  return Array.from({ length: number }, (_, i) => rows.slice(i * CHUNK, (i + 1) * CHUNK));
}

/** The ids of a root's findings, by code and address and by code alone. */
function findingIds(accounts: FleetDiagnosis['accounts'], number: number): Map<string, string> {
  const ids = new Map<string, string>();
  accounts[number]?.findings.forEach(({ code, addresses }, i) => {
    for (const key of [code, ...addresses.map((address) => `${code} ${address}`)]) {
      if (!ids.has(key)) ids.set(key, findingId(number, i));
    }
  });
  return ids;
}

/** A resource that a finding names comes first even if it could be read. */
function rankOf({ status, findings }: ResourceRow): number {
  return findings.length > 0 ? RANKS[status] - 5 : RANKS[status];
}

function tableRow({ row, account, links }: TableRow, several: boolean): Html {
  const { status, address, id } = row;
  const findings = links.map(({ code, id }) =>
    id === undefined ? markup`${code} ` : markup`<a href="#${id}">${code}</a> `,
  );
  const where = several ? markup`<td role="cell">${account}</td>` : undefined;
  const remote = id === undefined ? undefined : markup`<small>${id}</small>`;
  return markup`<tr role="row"><td role="cell">${statusBadge(status)}</td>${where}<td role="cell"><code>${address}</code>${remote}</td><td role="cell">${findings}</td></tr>
`;
}
