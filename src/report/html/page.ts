import { createHash } from 'node:crypto';

import type { FleetDiagnosis } from '../../diagnosis/diagnosis.js';
import { count, verdictOf, worstFirst } from '../../diagnosis/tally.js';
import { fleetVerdict, titleOf } from '../facts.js';
import { minute, type ReportContext } from '../report-context.js';
import { markup, trusted, type Html } from './markup.js';
import { overviewTable } from './overview.js';
import { resourceTable } from './resource-table.js';
import { factList, rootSection } from './root.js';
import { SCRIPT } from './script.js';
import { STYLE } from './style.js';

/**
 * A diagnosis as one HTML file that needs nothing else: what is wrong first, then all resources. Its content security
 * policy allows its own style and script, by their digests, and nothing else; all text in it is escaped.
 */
export function htmlReport(diagnosis: FleetDiagnosis, context: ReportContext): string {
  const fleet = { ...diagnosis, accounts: worstFirst(diagnosis.accounts) };
  const alone = fleet.accounts.length === 1;
  const title = titleOf(fleet);
  const sections = fleet.accounts.flatMap((root, i) =>
    alone || verdictOf(root) !== 'fine' ? rootSection(root, i, alone) : [],
  );
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}: tfrepair diagnosis</title>
        <link rel="icon" href="data:," />
        <style>${trusted(STYLE)}</style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the findings</a>
        ${header(fleet, title)}
        <main id="main" tabindex="-1">${overviewTable(fleet)} ${sections} ${resourceTable(fleet)}</main>
        <footer>
          <p>
            Made by tfrepair ${context.version} on ${minute(context.madeAt)}. Secret values are not in it.
          </p>
        </footer>
        <script>${trusted(SCRIPT)}</script>
      </body>
    </html> `;
  return page.text;
}

function header(fleet: FleetDiagnosis, title: string): Html {
  const [only, ...others] = fleet.accounts;
  const alone = others.length === 0 ? only : undefined;
  return markup`<header>
    <p class="eyebrow">tfrepair diagnosis</p>
    <h1>${title}</h1>
    ${alone === undefined ? markup`<p class="lead">${fleetVerdict(fleet)}</p>` : factList(alone)}
    ${missing(fleet)}
  </header>`;
}

function missing({ missingShards = [] }: FleetDiagnosis): Html | undefined {
  if (missingShards.length === 0) return undefined;
  const shards = count(missingShards.length, 'shard');
  return markup`<p class="failure">
    <strong>Incomplete:</strong> ${shards} missing: ${missingShards.join(', ')}
  </p>`;
}

/** `data:` is for the empty icon, which keeps browsers from asking a server for one. */
function policy(): string {
  const own = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${own(STYLE)}; script-src ${own(SCRIPT)}; img-src data:; base-uri 'none'; form-action 'none'`;
}
