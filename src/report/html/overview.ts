import type { FleetDiagnosis, RootDiagnosis } from '../../diagnosis/diagnosis.js';
import { severityCounts, verdictOf } from '../../diagnosis/tally.js';
import { markup, type Html } from './markup.js';
import { severityBadge } from './marks.js';
import { rootId } from './root.js';

/** The accounts of a fleet with their suspects, in the order given; nothing for one account alone. */
export function overviewTable({ accounts }: FleetDiagnosis): Html | undefined {
  if (accounts.length < 2) return undefined;
  return markup`<section aria-labelledby="overview-title">
    <h2 id="overview-title">Accounts</h2>
    <table class="overview">
      <colgroup>
        <col class="c-name" />
        <col class="c-status" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Worst</th>
          <th scope="col">Suspect</th>
        </tr>
      </thead>
      <tbody>
        ${accounts.map(overviewRow)}
      </tbody>
    </table>
  </section> `;
}

function overviewRow(root: RootDiagnosis, number: number): Html {
  const { name, findings, failure } = root;
  const [suspect] = findings;
  if (verdictOf(root) === 'fine') {
    return markup`<tr>
      <th scope="row">${name}</th>
      <td><span class="status">fine</span></td>
      <td></td>
    </tr> `;
  }
  const what = failure === undefined ? (suspect?.addresses[0] ?? suspect?.code) : failure.message;
  const counts = severityCounts(findings);
  return markup`<tr>
    <th scope="row"><a href="#${rootId(number)}">${name}</a></th>
    <td>${severityBadge(failure === undefined && suspect !== undefined ? suspect.severity : 'failed')}</td>
    <td>
      ${failure === undefined ? markup`<code>${what}</code>` : what}${counts === '' ? undefined : markup`<small>${counts}</small>`}
    </td>
  </tr> `;
}
