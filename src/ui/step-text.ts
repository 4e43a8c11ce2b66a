import type { JournalStep } from '../surgery/journal/record.js';

const TEXTS: Readonly<Partial<Record<JournalStep, string>>> = {
  approved: 'the approval holds',
  locking: 'taking the lock of the state',
  'backing-up': 'backing the state up',
  writing: 'writing the state',
  verifying: 'reading it back',
  releasing: 'giving the lock back',
  ended: 'the state is as approved',
};

/** A step of a write, for people. */
export function stepText(step: JournalStep): string {
  return TEXTS[step] ?? step;
}
