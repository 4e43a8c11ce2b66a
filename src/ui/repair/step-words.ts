import type { JournalStep } from '../../surgery/journal/record.js';

/** What is said when a step begins; a step without a word is not shown. */
export const STEP_WORDS: Readonly<Partial<Record<JournalStep, string>>> = {
  approved: 'the approval holds',
  locking: "taking the state's lock",
  'backing-up': 'backing the state up, and reading the backup back',
  writing: 'writing the state, if it is still the one that was reviewed',
  verifying: 'reading the state back, and comparing it with what was approved',
  releasing: 'letting the lock go',
  ended: 'done',
};
