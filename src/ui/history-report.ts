import type { ChalkInstance } from 'chalk';

import type { History, RequestHistory, Word } from '../surgery/history.js';
import { printable } from './printable.js';

/** A paragraph for each request, and what is to be said of the journal itself. */
export function renderHistory({ requests, brokenAt, tornBytes }: History, colour: ChalkInstance): string {
  const paragraphs = requests.map((request) => paragraph(request, colour));
  if (requests.length === 0) paragraphs.push('No request was made on this machine.');
  if (tornBytes > 0) paragraphs.push('The last line was cut short by a crash; it was never acted upon.');
  paragraphs.push(
    brokenAt === undefined
      ? 'The journal is unbroken.'
      : colour.red(`The journal was changed: line ${brokenAt} does not follow from the one before.`),
  );
  return paragraphs.join('\n\n');
}

function paragraph(request: RequestHistory, colour: ChalkInstance): string {
  const { digest, root, state, preparedAt, operations, reason, requester, approvers, result, backup } =
    request;
  const { rejected, breakGlass } = request;
  return [
    `${colour.bold(digest.slice(0, 12))}  ${result}  ${preparedAt}  ${operations.join(', ')}`,
    `  ${printable(root)}  ${printable(state)}`,
    `  ${printable(reason)}${requester === undefined ? '' : ` (${printable(requester)})`}`,
    ...approvers.map((approver) => `  ${approved(approver)}`),
    ...(breakGlass === undefined ? [] : [colour.red(`  BREAK-GLASS ${said(breakGlass)}`)]),
    ...(rejected === undefined ? [] : [`  rejected ${said(rejected)}`]),
    ...(backup === undefined ? [] : [`  backup ${printable(backup)}`]),
  ].join('\n');
}

function approved({ person, proof, principal }: RequestHistory['approvers'][number]): string {
  const how = `${printable(person)} (${printable(proof)}: ${printable(principal)})`;
  return proof.startsWith('break-glass:') ? `approved by nobody: ${how} went on alone` : `approved by ${how}`;
}

function said({ at, by, reason, ticket }: Word): string {
  const where = ticket === undefined ? '' : ` (${printable(ticket)})`;
  return `by ${printable(by.person)} (${printable(by.proof)}) at ${at}: ${printable(reason)}${where}`;
}
