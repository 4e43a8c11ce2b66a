import { duration } from '../diagnosis/tally.js';
import { shellLine } from '../shell-words.js';
import type { LockReport } from '../surgery/unlock.js';
import { printable } from './printable.js';

/** Whose lock it is, how old, and what to do about it. @param now milliseconds since the epoch */
export function renderLock(
  { state, lock, request, released }: LockReport,
  now: number,
  { account, dir }: { readonly account?: string | undefined; readonly dir?: string | undefined },
): string {
  if (lock === null) return `${printable(state)} is not locked.`;
  const subject = account === undefined ? ['--dir', dir ?? '.'] : ['--account', account];
  const age = lock.created === undefined ? '' : `, ${duration(now - lock.created)} ago`;
  const lines = [
    `${printable(state)} is locked`,
    `  by ${printable(lock.who ?? 'somebody')} for ${printable(lock.operation ?? 'something')}${age}`,
    `  ID ${printable(lock.id)}`,
  ];
  if (released) return [...lines, 'The lock has been taken away.'].join('\n');
  if (request !== undefined) {
    const words = ['tfrepair', 'state', 'resume', request.slice(0, 12), ...subject];
    return [...lines, `It belongs to our request ${request.slice(0, 12)}: ${shellLine(words)}`].join('\n');
  }
  const words = ['tfrepair', 'state', 'unlock', ...subject, '--lock-id', lock.id];
  return [...lines, `When it is certain that nobody runs terraform: ${printable(shellLine(words))}`].join(
    '\n',
  );
}
