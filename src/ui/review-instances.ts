import type { ChalkInstance } from 'chalk';

import type { ShortOwner } from '../diagnosis/diagnosis.js';
import { expectedText } from '../diagnosis/expected-action.js';
import type { InstanceView } from '../review/review-view.js';
import { labelled } from './labelled.js';
import { printable } from './printable.js';
import { localTime } from './time-words.js';
import { plainAddress } from '../terraform/address/plain-address.js';

interface Style {
  readonly colour: ChalkInstance;
  /** In characters. */
  readonly width: number;
  readonly allInstances: boolean;
}

/** More of these of one instance are counted. */
const MAX_SHOWN = 5;

const EXISTENCE = {
  exists: 'it exists',
  gone: 'it does not exist',
  unknown: 'AWS does not say',
} as const;

/** One instance that is about to change: what, whose, what AWS says, what depends on it, what the next plan does. */
export function instanceLines(view: InstanceView, { colour, width, allInstances }: Style): string[] {
  const { type, id, owners, aws, dependents, expected } = view;
  const most = allInstances ? Infinity : MAX_SHOWN;
  const others = dependents.length - most;
  const list = dependents.slice(0, most).map(plainAddress).join(', ');
  return [
    headline(view, colour),
    ...labelled('type', plainAddress(type), width),
    ...(id === undefined ? [] : labelled('id', printable(id), width)),
    ...owners.flatMap((owner) => labelled('owner', ownerText(owner), width)),
    ...(aws === undefined ? [] : labelled('AWS now', EXISTENCE[aws.existence], width)),
    ...(aws?.changes ?? [])
      .slice(0, most)
      .flatMap(({ who, when, call }) =>
        labelled('changed', `${printable(call)} by ${printable(who)}, ${localTime(when)}`, width),
      ),
    ...(dependents.length === 0
      ? []
      : labelled('needed by', others > 0 ? `${list} and ${others} more` : list, width)),
    ...labelled('next plan', planText(expected), width),
  ];
}

/** Many instances, by what happens to which types. */
export function instanceSummary(views: readonly InstanceView[], { width }: Style): string[] {
  const groups = new Map<string, InstanceView[]>();
  for (const view of views) {
    const name = `${view.change.kind} ${plainAddress(view.type)}`;
    groups.set(name, [...(groups.get(name) ?? []), view]);
  }
  const lines = [...groups].flatMap(([name, group]) => {
    const [first] = group;
    const address = first === undefined ? '' : plainAddress(first.address);
    return [
      `${String(group.length).padStart(6)}  ${name}, e.g. ${address}`,
      ...labelled(
        'AWS now',
        countsOf(group.flatMap(({ aws }) => (aws === undefined ? [] : [EXISTENCE[aws.existence]]))),
        width,
      ),
      ...labelled(
        'next plan',
        countsOf(group.flatMap(({ expected }) => expected.map(({ action }) => action))),
        width,
      ),
      ...labelled(
        'needed by',
        `${new Set(group.flatMap(({ dependents }) => dependents)).size} others`,
        width,
      ),
    ];
  });
  return [...lines, '  --all-instances shows each of them', ''];
}

function headline({ change, address }: InstanceView, colour: ChalkInstance): string {
  const deposed = change.deposed === undefined ? '' : ` (deposed ${printable(change.deposed)})`;
  const shown = colour.bold(plainAddress(address)) + deposed;
  switch (change.kind) {
    case 'removed':
      return `${colour.red('-')} ${shown} is forgotten`;
    case 'added':
      return `${colour.green('+')} ${shown} comes into the state`;
    case 'moved':
      return `${colour.yellow('→')} ${shown} becomes ${colour.bold(plainAddress(change.to))}`;
    case 'changed':
      return `${colour.yellow('~')} ${shown} changes: ${change.what.map(printable).join(', ')}`;
  }
}

function planText(expected: InstanceView['expected']): string {
  if (expected.length === 0) return 'nothing to do because of it';
  return expected.map((action) => expectedText(action, plainAddress)).join(', ');
}

function ownerText({ app, namespace, provider, identifier, contacts }: ShortOwner): string {
  const whom = contacts.length === 0 ? '' : `: ${contacts.join(', ')}`;
  return printable(`${app} (${provider} ${identifier}, ${namespace})${whom}`);
}

/** e.g. `create 12, update 1` */
function countsOf(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (counts.size === 0) return 'nothing is known';
  return [...counts].map(([word, number]) => `${word}: ${number}`).join(', ');
}
