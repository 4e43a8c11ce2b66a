import type { ChalkInstance } from 'chalk';

import type { OwnedFinding, RootDiagnosis, ShortOwner } from '../diagnosis/diagnosis.js';
import { expectedText } from '../diagnosis/expected-action.js';
import type { Repair } from '../diagnosis/finding.js';
import { repairLine, terraformLine } from '../diagnosis/repair-command.js';
import { summaryBelow } from '../diagnosis/summary-below.js';
import { printable } from './printable.js';
import { paintSeverity } from './severity.js';
import { wrapAroundAddresses } from './wrap-around-addresses.js';

/** How much of a finding is shown. */
export interface FindingDetail {
  /** More evidence than this is only counted. */
  readonly evidence: number;
  /** Whether all addresses, all repairs and everything about the owners are shown. */
  readonly all: boolean;
}

/** For a screen that has room for one finding. */
export const SUSPECT: FindingDetail = { evidence: 4, all: false };

/** Everything that is known. */
export const FULL: FindingDetail = { evidence: Infinity, all: true };

export interface FindingStyle {
  readonly colour: ChalkInstance;
  /** In characters; addresses and commands are longer when they must be. */
  readonly width: number;
  readonly detail: FindingDetail;
}

/** As wide as the longest label, `app-interface:`, and a space. */
const LABEL = 15;
const INDENT = '  ';

/** More addresses of one action are counted. */
const MAX_EXPECTED = 3;

/** One finding for people: what, why one thinks so, whose it is, and what to do about it. */
export function findingBlock(finding: OwnedFinding, root: RootDiagnosis, style: FindingStyle): string[] {
  return new FindingBlock(finding, root, style).lines();
}

class FindingBlock {
  readonly #finding: OwnedFinding;
  readonly #root: RootDiagnosis;
  readonly #style: FindingStyle;

  constructor(finding: OwnedFinding, root: RootDiagnosis, style: FindingStyle) {
    this.#finding = finding;
    this.#root = root;
    this.#style = style;
  }

  lines(): string[] {
    const { detail } = this.#style;
    const [best, ...others] = this.#finding.repairs;
    return [
      ...this.#heading(),
      ...this.#evidence(detail.evidence),
      ...this.#owners(),
      ...this.#stateAlone(),
      ...(best === undefined ? [] : this.#repair(best)),
      ...(detail.all ? others : []).flatMap((repair) => this.#otherRepair(repair)),
    ];
  }

  #heading(): string[] {
    const { severity, confidence, code, addresses } = this.#finding;
    const summary = summaryBelow(this.#finding);
    const { colour, detail } = this.#style;
    const [first = this.#root.name, ...others] = addresses;
    const word = paintSeverity(severity, severity.toUpperCase(), colour);
    const hidden = detail.all || others.length === 0 ? '' : ` and ${others.length} more`;
    return [
      `${word}  ${colour.bold(printable(first))}${hidden}`,
      ...this.#wrapped(`${summary} (${code}, ${confidence})`, INDENT.length).map((line) => INDENT + line),
      ...(detail.all ? others : []).flatMap((address) => this.#verbatim('and', printable(address))),
    ];
  }

  #evidence(shown: number): string[] {
    const { evidence } = this.#finding;
    const hidden = evidence.length - shown;
    const pieces = hidden === 1 ? 'piece' : 'pieces';
    return [
      ...evidence.slice(0, shown).flatMap(({ source, text }) => this.#labelled(source, text)),
      ...(hidden > 0 ? this.#labelled('', `${hidden} more ${pieces} of evidence`) : []),
    ];
  }

  #owners(): string[] {
    return this.#finding.owners.flatMap((owner) =>
      this.#labelled('owner', ownerText(owner, this.#style.detail)),
    );
  }

  #stateAlone(): string[] {
    const { leaveStateAlone } = this.#finding;
    if (leaveStateAlone === undefined) return [];
    const text = `leave the state alone: ${leaveStateAlone}`;
    return this.#wrapped(text, INDENT.length).map((line) => INDENT + this.#style.colour.bold(line));
  }

  #repair(repair: Repair): string[] {
    const { colour } = this.#style;
    const { all } = this.#style.detail;
    const { length } = this.#finding.repairs;
    const ours = repairLine(repair, this.#root);
    const plain = terraformLine(repair);
    return [
      ...this.#labelled(all || length === 1 ? 'repair' : `repair 1/${length}`, repair.title),
      ...(ours === undefined ? [] : this.#verbatim('run', colour.green(printable(ours)))),
      ...(plain === undefined ? [] : this.#verbatim('or', colour.dim(printable(plain)))),
      ...this.#nextPlan(repair),
    ];
  }

  /** Where one repair is for many addresses, the first of each action stands for them. */
  #nextPlan({ expectedPlan }: Repair): string[] {
    const { all } = this.#style.detail;
    const kinds = new Map(expectedPlan.map((expected) => [expectedText(expected, () => ''), expected]));
    return [...kinds].flatMap(([kind, { action, orNothing }]) => {
      const same = expectedPlan.filter((expected) => expectedText(expected, () => '') === kind);
      const shown = all || same.length <= MAX_EXPECTED ? same : same.slice(0, 1);
      const more = same.length - shown.length;
      return shown.flatMap(({ address }) => {
        const show = (shownAddress: string): string =>
          more === 0 ? printable(shownAddress) : `${printable(shownAddress)} and ${more} more`;
        return this.#verbatim('next plan', expectedText({ address, action, orNothing }, show));
      });
    });
  }

  #otherRepair(repair: Repair): string[] {
    const line = repairLine(repair, this.#root) ?? terraformLine(repair);
    return [
      ...this.#labelled('instead', repair.title),
      ...(line === undefined ? [] : this.#verbatim('', printable(line))),
    ];
  }

  #labelled(label: string, text: string): string[] {
    return this.#wrapped(text, INDENT.length + LABEL).map(
      (line, i) => INDENT + this.#label(i === 0 ? label : '') + line,
    );
  }

  #verbatim(label: string, text: string): string[] {
    return [INDENT + this.#label(label) + text];
  }

  #label(label: string): string {
    return this.#style.colour.dim((label === '' ? '' : `${label}:`).padEnd(LABEL));
  }

  #wrapped(text: string, indent: number): string[] {
    return wrapAroundAddresses(text, this.#finding.addresses, this.#style.width - indent);
  }
}

function ownerText(owner: ShortOwner, { all }: FindingDetail): string {
  const { app, namespace, provider, identifier, contacts } = owner;
  const what = `${app} (${provider} ${identifier}${all ? `, ${namespace}` : ''})`;
  const whom = all ? contacts : contacts.slice(0, 1);
  return whom.length === 0 ? what : `${what}: ${whom.join(', ')}`;
}
