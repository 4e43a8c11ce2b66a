import type { DiagnosisFailure, RootDiagnosis } from '../../diagnosis/diagnosis.js';
import { severityCounts } from '../../diagnosis/tally.js';
import { factsOf } from '../facts.js';
import { sentence } from '../sentence.js';
import { findingCard } from './finding.js';
import { markup, type Html } from './markup.js';
import { severityBadge } from './marks.js';
import { pictureSection } from './picture.js';

/** More findings than this are closed at first. */
const OPEN = 3;

/** The id of a finding's card. */
export function findingId(root: number, finding: number): string {
  return `finding-${root + 1}-${finding + 1}`;
}

/** The id of a root's section. */
export function rootId(root: number): string {
  return `root-${root + 1}`;
}

/** One root: what is wrong first, then what depends on it. @param number of the root; @param alone whether there is no other */
export function rootSection(root: RootDiagnosis, number: number, alone: boolean): Html {
  const { failure, findings, notes } = root;
  const heading = alone ? markup`Findings` : root.name;
  const cards = findings.map((finding, i) => findingCard(finding, root, findingId(number, i), i < OPEN));
  return markup`<section class="root" id="${rootId(number)}" aria-labelledby="${rootId(number)}-title">
    <h2 id="${rootId(number)}-title">${heading}</h2>
    ${alone ? undefined : factList(root)} ${failure === undefined ? undefined : failureBox(failure)}
    ${findings.length === 0 && failure === undefined ? markup`<p class="fine">Nothing is wrong.</p>` : undefined}
    ${findings.length === 0 ? undefined : markup`<p class="dim">${severityCounts(findings)}</p>`} ${cards}
    ${pictureSection(root, `${rootId(number)}-picture`)}
    ${
      notes.length === 0
        ? undefined
        : markup`<ul class="notes">
            ${notes.map((note) => markup`<li>${note}</li>`)}
          </ul>`
    }
  </section> `;
}

/** What is known of a root, beside what is wrong with it. */
export function factList(root: RootDiagnosis): Html | undefined {
  const facts = factsOf(root);
  if (facts.length === 0) return undefined;
  const items = facts.map(
    ([label, text]) =>
      markup`<div>
        <dt>${label}</dt>
        <dd>${text}</dd>
      </div>`,
  );
  return markup`<dl class="facts">${items}</dl>`;
}

function failureBox({ code, message, hint }: DiagnosisFailure): Html {
  return markup`<div class="failure">
    ${severityBadge('failed')}
    <p>${sentence(message)} <span class="code">${code}</span></p>
    ${hint === undefined ? undefined : markup`<p><strong>Next:</strong> ${sentence(hint)}</p>`}
  </div>`;
}
