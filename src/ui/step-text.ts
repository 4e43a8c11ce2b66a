import type { JournalStep } from '../surgery/journal/record.js';

const TEXTS: Readonly<Record<JournalStep, string>> = {
  prepared: 'the request is made',
  rejected: 'the request is rejected',
  'break-glass': 'writing down that no second person approves',
  approved: 'the approval holds',
  locking: 'taking the lock of the state',
  'backing-up': 'backing the state up',
  claiming: 'noting beside the state that the request is executed',
  writing: 'writing the state',
  verifying: 'reading it back',
  releasing: 'giving the lock back',
  ended: 'the state is as approved',
};

/** A step of a write, for people. */
export function stepText(step: JournalStep): string {
  return TEXTS[step];
}
