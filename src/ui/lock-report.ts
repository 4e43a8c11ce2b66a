import type { ChalkInstance } from 'chalk';

import { shellLine } from '../shell-words.js';
import type { LockReport } from '../surgery/unlock.js';
import { printable } from './printable.js';

/** Whoever has taken a lock less than this ago is likely to be at it still, in milliseconds. */
const RECENT_MS = 30 * 60_000;

/** How much of an ID has to be typed: enough to have looked at it. */
const TYPED_CHARACTERS = 8;

/** What a lock is taken for, by the names that terraform gives to it. */
const PURPOSES: readonly (readonly [RegExp, string])[] = [
  [/^OperationTypeApply$|^OperationTypeDestroy$/, 'an apply: it may be changing resources'],
  [/^OperationTypePlan$/, 'a plan: it writes nothing'],
  [/^OperationTypeRefresh$/, 'a refresh: it writes what it reads'],
  [/^tfrepair/, 'a change of the state by tfrepair, here or on another machine'],
  [/^(?:state-|import|taint|untaint|migrat)/, 'a change of the state by hand'],
];

/** Whose lock it is, how old, what it may protect, and what is known of it here. @param now milliseconds since the epoch */
export function renderLock(
  { state, lock, request, entry }: LockReport,
  now: number,
  colour: ChalkInstance,
): string {
  if (lock === null) return `${printable(state)} is not locked.`;
  const rows: [string, string][] = [
    ['ID', lock.id],
    ['by', lock.who ?? 'nobody says'],
    ['for', purposeOf(lock.operation)],
    ['since', lock.created === undefined ? 'nobody knows when' : sinceOf(lock.created, now)],
  ];
  if (request !== undefined && entry !== undefined) {
    rows.push(['request', `${request.slice(0, 12)} of this machine: ${entry.reason}`]);
    const end = entry.isUnfinished ? `cut short at "${entry.step}"` : 'ended';
    rows.push(['journal', `${end}, ${entry.at}`]);
  }
  return [
    colour.bold(`${printable(state)} is locked`),
    ...rows.map(([name, text]) => `  ${colour.dim(name.padEnd(7))}  ${printable(text)}`),
  ].join('\n');
}

/** What to do about a lock where nobody can be asked. */
export function renderNext(
  { lock, request, entry, released }: LockReport,
  { account, dir }: { readonly account?: string | undefined; readonly dir?: string | undefined },
): string | undefined {
  if (lock === null) return undefined;
  if (released) return 'The lock has been taken away.';
  const subject = account === undefined ? ['--dir', dir ?? '.'] : ['--account', account];
  if (request !== undefined && entry?.isUnfinished === true) {
    const words = ['tfrepair', 'state', 'resume', request.slice(0, 12), ...subject];
    return `Next: ${printable(shellLine(words))}`;
  }
  const words = ['tfrepair', 'state', 'unlock', ...subject, '--lock-id', lock.id];
  return `Once it is certain that nobody is at it any more:\n  ${printable(shellLine(words))}`;
}

/** What is asked before a lock is taken away. */
export function unlockQuestion(id: string): { readonly message: string; readonly expected: string } {
  const expected = id.slice(0, TYPED_CHARACTERS);
  return { message: `Type ${expected} to take the lock away (Enter leaves it):`, expected };
}

/** Whether it is likely that the lock does what it is there for. @param now milliseconds since the epoch */
export function warningOf({ lock }: LockReport, now: number): string {
  const isRecent = lock?.created !== undefined && now - lock.created < RECENT_MS;
  return isRecent
    ? 'It is recent: whoever has taken it may be at it still, and lose their work.'
    : 'If somebody is at it still, their work would be lost: make sure that nobody is.';
}

function purposeOf(operation: string | undefined): string {
  if (operation === undefined || operation === '') return 'something that may be writing the state';
  const [, purpose] = PURPOSES.find(([name]) => name.test(operation)) ?? [];
  return purpose === undefined ? operation : `${operation}, ${purpose}`;
}

function sinceOf(created: number, now: number): string {
  return `${new Date(created).toISOString().slice(0, 19)}Z, ${ageOf(now - created)}`;
}

function ageOf(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 0) return 'by a clock that is ahead of this one';
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 120) return `${minutes} min ago`;
  return minutes < 48 * 60
    ? `${Math.floor(minutes / 60)} hours ago`
    : `${Math.floor(minutes / 1440)} days ago`;
}
