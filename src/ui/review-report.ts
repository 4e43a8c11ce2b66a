import type { ChalkInstance } from 'chalk';

import { count } from '../diagnosis/tally.js';
import type { ReviewView } from '../review/review-view.js';
import { labelled } from './labelled.js';
import { operationText } from './operation-text.js';
import { printable } from './printable.js';
import { instanceLines, instanceSummary } from './review-instances.js';
import { ago, localTime } from './time-words.js';
import { distinctName, plainAddress } from '../terraform/address/plain-address.js';

export interface ReviewStyle {
  readonly colour: ChalkInstance;
  /** In characters; addresses and commands are longer when they must be. */
  readonly width: number;
  /** Whether each of many instances is shown. */
  readonly allInstances: boolean;
}

/** More than this nobody reads one by one unasked. */
const MAX_INSTANCES = 20;

/** What a reviewer decides about, for people. What speaks against it comes first. */
export function renderReview(view: ReviewView, style: ReviewStyle): string {
  const { root, account, state, serial, instances, differences, notes } = view;
  const { colour, width } = style;
  const short = instances.length > MAX_INSTANCES && !style.allInstances;
  return [
    `${colour.bold(distinctName(root))}${account === undefined ? '' : `  AWS account ${account}`}`,
    `  ${printable(state)}, serial ${serial} → ${serial + 1}`,
    '',
    ...loopLines(view, style),
    ...requestLines(view, style),
    '',
    ...(short
      ? instanceSummary(instances, style)
      : instances.flatMap((one) => [...instanceLines(one, style), ''])),
    ...view.document.map((what) => `~ ${printable(what)} of the document changes`),
    ...notes.flatMap((note) => labelled('not known', plainAddress(note), width)),
    differences.length === 0
      ? `Computed here: ${count(instances.length, 'instance')}, and nothing else. It is what the request says.`
      : colour.red('This is not what the request says:'),
    ...differences.flatMap((difference) => labelled('differs', plainAddress(difference), width)),
  ].join('\n');
}

function loopLines({ loopIsOff, acceptRunningLoop }: ReviewView, { colour, width }: ReviewStyle): string[] {
  if (loopIsOff === undefined) return [];
  if (loopIsOff) return [...labelled('loop', 'off: terraform-resources is disabled for the account', width)];
  const why =
    acceptRunningLoop === undefined ? 'nobody says why that is all right' : printable(acceptRunningLoop);
  return [
    colour.red('WARNING: the reconcile loop is not off. It may write this state at any moment.'),
    ...labelled('accepted', why, width),
    '',
  ];
}

function requestLines(view: ReviewView, { width }: ReviewStyle): string[] {
  const { digest, reason, ticket, operations, createdAt, notAfter, ageMs, engine, evidence } = view;
  const [made, until] = [Date.parse(createdAt), Date.parse(notAfter)];
  const ofTerraform = engine === 'terraform' ? ' (computed by terraform state)' : '';
  return [
    ...labelled('request', digest.slice(0, 12), width),
    ...operations.flatMap((operation) => labelled('does', operationText(operation) + ofTerraform, width)),
    ...labelled('reason', printable(reason), width),
    ...(ticket === undefined ? [] : labelled('ticket', printable(ticket), width)),
    ...labelled('maker', makerText(view), width),
    ...labelled('made', `${ago(ageMs)}, ${localTime(made)}`, width),
    ...labelled('valid', `until ${localTime(until)}`, width),
    ...evidence.flatMap(({ code, address, summary }) =>
      labelled(
        'finding',
        `${code}${address === undefined ? '' : ` ${plainAddress(address)}`}: ${plainAddress(summary)}`,
        width,
      ),
    ),
  ];
}

function makerText({ maker: { person, arn, sshKey }, provenMaker }: ReviewView): string {
  const ids = [arn, sshKey].filter((id) => id !== undefined).join(', ');
  const name = provenMaker ?? person ?? 'somebody whose name is not known';
  const proof = provenMaker === undefined ? '; not proved' : '; proved';
  return printable(`${name}${ids === '' ? '' : ` (${ids})`}${proof}`);
}
