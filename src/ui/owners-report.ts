import type { ChalkInstance } from 'chalk';

import type { AddressOwners, Owner, OwnersReport } from '../rendering/owners.js';
import { printable } from './printable.js';

/** Who owns which address, one block an address. */
export function renderOwners(report: OwnersReport, colour: ChalkInstance): string {
  return report.addresses.map((address) => addressLines(address, report, colour).join('\n')).join('\n\n');
}

function addressLines(
  { address, owners, similar }: AddressOwners,
  { accountOwners }: OwnersReport,
  colour: ChalkInstance,
): string[] {
  const heading = colour.bold(printable(address));
  if (owners.length > 0) {
    const several = owners.length > 1 ? [`  ${owners.length} candidates`] : [];
    return [heading, ...several, ...owners.flatMap((owner) => ownerLines(owner))];
  }
  const people = accountOwners.map(({ name, email }) => `${name} <${email}>`).join(', ');
  return [
    heading,
    '  nobody: app-interface wants no such resource in this account',
    ...(similar.length > 0 ? [`  did you mean ${similar.join(' or ')}?`] : []),
    ...(people === '' ? [] : [`  account owners  ${printable(people)}`]),
  ];
}

function ownerLines(owner: Owner): string[] {
  const { contacts } = owner;
  const rows: [label: string, text: string][] = [
    ['resource', `${owner.provider} "${owner.identifier}"${owner.match === 'exact' ? '' : ' (by its name)'}`],
    ['namespace', `${owner.namespace} on ${owner.cluster}`],
    ['file', owner.namespacePath],
    ['app', owner.app],
  ];
  if (contacts !== undefined) {
    rows.push(['escalation', contacts.escalationPolicy]);
    rows.push(...contacts.slack.map((text): [string, string] => ['slack', text]));
    rows.push(...contacts.email.map((text): [string, string] => ['email', text]));
    rows.push(...contacts.jira.map((text): [string, string] => ['jira', text]));
  }
  return rows.map(([label, text]) => `  ${label.padEnd(10)}  ${printable(text)}`);
}
