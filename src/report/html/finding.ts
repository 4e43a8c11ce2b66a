import type { OwnedFinding, RootDiagnosis, ShortOwner } from '../../diagnosis/diagnosis.js';
import { expectedWords } from '../../diagnosis/expected-action.js';
import type { EvidenceItem, ExpectedAction, Repair } from '../../diagnosis/finding.js';
import { repairLine, terraformLine } from '../../diagnosis/repair-command.js';
import { summaryBelow } from '../../diagnosis/summary-below.js';
import { sentence } from '../sentence.js';
import { markup, type Html } from './markup.js';
import { severityBadge } from './marks.js';

/** One finding: closed it says what and where, open why one thinks so and what to do. */
export function findingCard(finding: OwnedFinding, root: RootDiagnosis, id: string, open: boolean): Html {
  const { severity, confidence, code, addresses, repairs } = finding;
  const [first = root.name, ...others] = addresses;
  return markup`<details class="finding ${severity}" id="${id}" ${open ? markup` open` : undefined}>
    <summary>
      ${severityBadge(severity)}
      <h3>${first}</h3>
      <p class="sum">${sentence(summaryBelow(finding))} <span class="code">${code}, ${confidence}</span></p>
    </summary>
    <div class="body">
      ${list('Also concerns', others.map(addressItem))} ${evidenceList(finding.evidence)}
      ${list('Owner', finding.owners.map(ownerItem))} ${aloneBox(finding.leaveStateAlone)}
      ${repairList(repairs.map((repair) => repairItem(repair, root)))}
    </div>
  </details> `;
}

function list(title: string, items: readonly Html[]): Html | undefined {
  if (items.length === 0) return undefined;
  return markup`<h4>${title}</h4><ul class="plain">${items}</ul>`;
}

function addressItem(address: string): Html {
  return markup`<li><code>${address}</code></li>`;
}

function evidenceList(evidence: readonly EvidenceItem[]): Html | undefined {
  if (evidence.length === 0) return undefined;
  const items = evidence.map(({ source, text }) => markup`<div><dt>${source}</dt><dd>${text}</dd></div>`);
  return markup`<h4>Evidence</h4><dl class="evidence">${items}</dl>`;
}

function aloneBox(why: string | undefined): Html | undefined {
  if (why === undefined) return undefined;
  return markup`<p class="alone"><strong>Leave the state alone:</strong> ${sentence(why)}</p>`;
}

function repairList(items: readonly Html[]): Html | undefined {
  if (items.length === 0) return undefined;
  const title = items.length === 1 ? 'Repair' : 'Repairs, the best first';
  return markup`<h4>${title}</h4><ol class="repairs">${items}</ol>`;
}

function ownerItem({ app, namespace, provider, identifier, contacts }: ShortOwner): Html {
  const whom =
    contacts.length === 0 ? undefined : markup`<br /><span class="dim">${contacts.join(' · ')}</span>`;
  return markup`<li>
    <strong>${app}</strong>: ${provider} <code>${identifier}</code> in ${namespace}${whom}
  </li>`;
}

function repairItem(repair: Repair, root: RootDiagnosis): Html {
  const ours = repairLine(repair, root);
  const plain = terraformLine(repair);
  return markup`<li>
    <p>${sentence(repair.title)}</p>
    ${ours === undefined ? undefined : command(ours)}
    ${plain === undefined ? undefined : markup`<p class="dim">With terraform alone: <code>${plain}</code></p>`}
    ${repair.expectedPlan.map(expectedItem)}
  </li>`;
}

function expectedItem(expected: ExpectedAction): Html {
  const { before, after } = expectedWords(expected);
  return markup`<p class="dim">The next plan: <strong>${before}</strong> <code>${expected.address}</code>${after}</p>`;
}

/** A command to copy; one Tab and the arrow keys reach the end of a long one. */
function command(line: string): Html {
  return markup`<pre tabindex="0" role="group" aria-label="Command"><code>${line}</code></pre>`;
}
